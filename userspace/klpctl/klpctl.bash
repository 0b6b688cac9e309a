# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# klpctl.bash - completion of klpctl's commands, options, and the names of
# patches and functions that the kernel has now

# The words of one column of a table. Of names only those that need no quoting:
# the others are not those of modules or functions.
_klpctl_column() {
	local column=$1
	shift
	klpctl "$@" 2>/dev/null | awk -v column="$column" \
		'NR > 1 && $column ~ /^[A-Za-z0-9_.-]+$/ { print $column }'
}

# Files, which bash then quotes, and directories, which go on: with these endings
# only, if any are given.
_klpctl_files() {
	local word=$1 ending
	shift
	compopt -o filenames
	mapfile -t COMPREPLY < <(
		if [[ $# -eq 0 ]]; then
			compgen -f -- "$word"
		else
			for ending; do
				compgen -f -X "!*$ending" -- "$word"
			done
			compgen -d -- "$word"
		fi | sort -u)
}

_klpctl_modules() {
	_klpctl_files "$1" .ko .ko.gz .ko.xz .ko.zst
}

# What klpctl unload does not refuse.
_klpctl_unloadable() {
	klpctl patch list --all 2>/dev/null | awk \
		'$2 ~ /^(loaded|disabled|replaced|unknown)$/ && \
		$1 ~ /^[A-Za-z0-9_.-]+$/ { print $1 }'
}

# The value of an option, if the word before the cursor is one that has a value.
_klpctl_value() {
	local word=$1 option=$2
	case $option in
	--vmlinux|--output|--desired) _klpctl_files "$word" ;;
	--module|--target) _klpctl_modules "$word" ;;
	--patch)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_klpctl_column 1 patch list)" -- "$word") ;;
	--object)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_klpctl_column 2 func list | sort -u)" -- "$word") ;;
	--for)
		mapfile -t COMPREPLY < <(compgen -W 'enabled disabled' \
			-- "$word") ;;
	--on-timeout)
		mapfile -t COMPREPLY < <(compgen -W 'reverse leave' \
			-- "$word") ;;
	--color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' \
			-- "$word") ;;
	--timeout|-w|--warning|-c|--critical) COMPREPLY=() ;;
	*) return 1 ;;
	esac
}

_klpctl_options() {
	local options='--json --pretty --color --timeout --wide --help --version'
	case "$1 $2" in
	'patch list') options+=' --all' ;;
	'load '*) options+=' --wait --on-timeout --replace-unload' ;;
	'unload '*) options+=' --replaced' ;;
	'disable '*|'patch disable'|'patch reverse') options+=' --wait' ;;
	'patch force') options+=' --confirm --wait' ;;
	'func show') options+=' --object --patch' ;;
	'blocking '*) options+=' --stack' ;;
	'failures '*) options+=' --clear --follow' ;;
	'wait '*) options+=' --for' ;;
	'check '*) options+=' --warning --critical --desired' ;;
	'metrics '*) options+=' --output --desired' ;;
	'verify '*) options+=' --vmlinux --module --target --object' ;;
	esac
	echo "$options"
}

# What may stand where the cursor is, after these words of the command.
_klpctl_words() {
	case $# in
	0) echo status patch func counters transition blocking failures history \
		info load disable unload wait monitor check metrics verify \
		version help ;;
	1) case $1 in
	   patch) echo list show disable reverse force ;;
	   func) echo list show count ;;
	   transition) echo show ;;
	   counters) echo on off ;;
	   disable|wait) _klpctl_column 1 patch list ;;
	   unload) _klpctl_unloadable ;;
	   esac ;;
	2) case "$1 $2" in
	   'patch show'|'patch disable'|'patch reverse'|'patch force'|'func list')
		_klpctl_column 1 patch list ;;
	   'func count') echo on off ;;
	   'func show') _klpctl_column 3 func list ;;
	   esac ;;
	esac
}

_klpctl() {
	local word=${COMP_WORDS[COMP_CWORD]} index skip=''
	local option=${COMP_WORDS[COMP_CWORD - 1]} words=()

	# To bash the = of --color=auto is a word.
	[[ $word != = ]] || word=''
	[[ $option != = ]] || option=${COMP_WORDS[COMP_CWORD - 2]}
	_klpctl_value "$word" "$option" && return
	for ((index = 1; index < COMP_CWORD; index++)); do
		if [[ $skip ]]; then
			[[ ${COMP_WORDS[index]} == = ]] || skip=''
			continue
		fi
		case ${COMP_WORDS[index]} in
		--vmlinux|--output|--module|--target|--patch|--object|--for|--color|\
		--on-timeout|--desired|--timeout|-w|--warning|-c|--critical) skip=1 ;;
		-*) ;;
		*) words+=("${COMP_WORDS[index]}") ;;
		esac
	done
	if [[ $word == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_klpctl_options "${words[0]}" "${words[1]}")" \
			-- "$word")
	elif [[ ${words[0]} == load ]]; then
		_klpctl_modules "$word"
	else
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_klpctl_words "${words[@]}")" -- "$word")
	fi
}

complete -F _klpctl klpctl
