# SPDX-License-Identifier: GPL-2.0
#
# events.awk - are the events of "klpctl monitor -j" whole? With -v cycles=N they
# are those of N patches that come and go, one after the other.
#
# Numbers rise by one, and where they do not, a loss of exactly that many is told
# before. Prints the first thing that is wrong, and a line with the totals.

function text(name,    part) {
	if (!match($0, "\"" name "\":\"[^\"]*\""))
		return ""
	part = substr($0, RSTART, RLENGTH)
	gsub("\"" name "\":\"|\"$", "", part)
	return part
}

function value(name) {
	if (!match($0, "\"" name "\":[0-9]+"))
		return -1
	return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) + 0
}

function wrong(why) {
	if (!failed)
		print "# line " NR ": " why ": " $0
	failed = 1
}

BEGIN {
	split("patch-added transition-started transition-completed" \
	      " patch-enabled transition-started transition-completed" \
	      " patch-disabled patch-removed", life, " ")
	for (step in life)
		whole[life[step]] = 1
	step = 1
}

{ kind = text("kind") }

# The state at the start, or after a loss: the next event is not in it.
kind == "resync" {
	if (seq == "")
		seq = value("event_seq")
	next
}

# The socket was full: how many are missing, the next event tells.
kind == "lost" && /"lost":null/ {
	next
}

kind == "lost" {
	if (value("lost") < 1)
		wrong("a loss of nothing")
	missed = value("lost")
	lost += missed
	# Where in its life the next patch is, its event tells.
	step = 0
	next
}

{
	if (value("seq") != seq + missed + 1)
		wrong("after event " seq " and " missed + 0 " lost")
	seq = value("seq")
	missed = 0
	events++
}

# Progress, blockers and failures depend on what tasks do.
!(kind in whole) { next }

step == 0 {
	if (kind != "patch-added")
		next
	step = 1
}

{
	if (kind != life[step])
		wrong("'" life[step] "' should come")
	step++
	if (kind == "patch-removed") {
		step = 1
		lives++
	}
}

END {
	if (!lost && lives != cycles)
		wrong(lives + 0 " patches came and went, not " cycles)
	if (lost && !failed && seq < 8 * cycles)
		wrong("the last event is " seq)
	print "# " events " events of " lives " patches, " lost + 0 " told as lost"
	exit failed
}
