# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# klp-build.bash - completion of klp-build's options, trees and patches

_klp_build() {
	local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}

	# bash makes words of --option=value, too.
	if [[ $word == = ]]; then
		word=''
	elif [[ $option == = && $COMP_CWORD -gt 1 ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $option in
	--linux|--output|--keep|--cache)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		return ;;
	--module)
		compopt -o filenames
		# The word is all of it, or what is behind another "=".
		mapfile -t COMPREPLY < <([[ $word != *=* ]] ||
			compgen -d -P "${word%%=*}=" -- "${word#*=}")
		return ;;
	-o|--ko)
		compopt -o filenames
		mapfile -t COMPREPLY < <({
			compgen -f -X '!*.ko' -- "$word"
			compgen -d -- "$word"
		} | sort -u)
		return ;;
	--kit|--save)
		compopt -o filenames
		mapfile -t COMPREPLY < <({
			compgen -f -X '!*.tar*' -- "$word"
			compgen -d -- "$word"
		} | sort -u)
		return ;;
	--name|--fixes|--callers)
		COMPREPLY=()
		return ;;
	--cross)
		mapfile -t COMPREPLY < <(compgen -c -- "$word" |
			sed -n 's/gcc$//p' | sort -u)
		return ;;
	esac
	if [[ $word == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W '--callers --check --kit --save --linux --output --module --ko
			--name --fixes --no-replace --cross --wide --json --keep --cache
			--no-cache --help' -- "$word")
		return
	fi
	compopt -o filenames
	mapfile -t COMPREPLY < <({
		compgen -f -X '!*.patch' -- "$word"
		compgen -f -X '!*.diff' -- "$word"
		compgen -d -- "$word"
	} | sort -u)
}

complete -F _klp_build klp-build
