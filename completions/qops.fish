# fish completion for qops, written by `qops completions fish`

function __qops_circuits
    set -l top (git rev-parse --show-toplevel 2>/dev/null); or return
    awk '
        FNR == 1 { inside = 0 }
        /^circuits:/ { inside = 1; depth = 0; next }
        /^[^ #\r]/ { inside = 0 }
        inside && match($0, /^ +[^ #]/) {
            if (!depth) depth = RLENGTH
            name = substr($0, RLENGTH)
            sub(/:.*/, "", name)
            gsub(/["\047]/, "", name)
            if (RLENGTH == depth && name ~ /^[A-Za-z0-9_][A-Za-z0-9_.\/-]*$/ && !seen[name]++) print name
        }
    ' $top/qops.yaml $top/qops.lock 2>/dev/null
end

function __qops_revisions
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags 2>/dev/null
    __fish_complete_path (commandline -ct)
end

complete -c qops -f
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a init -d 'Make a repository ready for qops: manifest, DVC, ignore rules.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a doctor -d 'Check what qops stands on, each finding with its remedy.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a completions -d 'Print the completion script of a shell.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a status -d 'Say which circuits differ from the last snapshot.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a snapshot -d 'Record the circuits as they are now.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a diff -d 'Say what changed, from a moved angle to a new gate.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a log -d 'List the snapshots, the newest first, and what each changed.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a show -d 'Show what a snapshot recorded: sizes, digests, parameters.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -a restore -d 'Bring back a circuit exactly as it was recorded.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -l directory -s C -x -a '(__fish_complete_directories)' -d 'Run as if started in DIR.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -l version -d 'Print the version and exit.'
complete -c qops -n 'not __fish_seen_subcommand_from init doctor completions status snapshot diff log show restore' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from init' -l pilot -x -a '(__fish_complete_directories)' -d 'Make a pilot project in a new directory DIR.'
complete -c qops -n '__fish_seen_subcommand_from init' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from init' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from init' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from init' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from init' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from init' -x -a '(__fish_complete_directories)'
complete -c qops -n '__fish_seen_subcommand_from doctor' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from doctor' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from doctor' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from doctor' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from doctor' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from completions' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from completions' -x -a 'bash zsh fish'
complete -c qops -n '__fish_seen_subcommand_from status' -l run -l no-run -d 'Run Python sources; without, they are not examined.'
complete -c qops -n '__fish_seen_subcommand_from status' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from status' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from status' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from status' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from status' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l message -s m -x -d 'Commit what was written, and only that.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l tag -x -d 'Tag the commit; the version must be a later one.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l push -d 'Push the artifacts, the commit and the tag.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l dry-run -d 'Say what would be done, and write nothing.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from snapshot' -x -a '(__qops_circuits)'
complete -c qops -n '__fish_seen_subcommand_from diff' -l name -x -a '(__qops_circuits)' -d 'Only this circuit; may be repeated.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l tolerance -x -d 'Angles this close, in radians, are the same.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l fail-on -x -a 'frame parameters structure' -d 'The smallest kind of change that exits with 1.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l limit -x -d 'At most N lines a circuit.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from diff' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from diff' -x -a '(__qops_revisions)'
complete -c qops -n '__fish_seen_subcommand_from diff' -x -a '(__qops_revisions)'
complete -c qops -n '__fish_seen_subcommand_from log' -l limit -s n -x -d 'At most N snapshots.'
complete -c qops -n '__fish_seen_subcommand_from log' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from log' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from log' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from log' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from log' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from log' -x -a '(__qops_circuits)'
complete -c qops -n '__fish_seen_subcommand_from show' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from show' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from show' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from show' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from show' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from show' -x -a '(__qops_circuits)'
complete -c qops -n '__fish_seen_subcommand_from restore' -l to -r -F -d 'Write to FILE, not to the source.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l force -d 'Overwrite a file that holds something else.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l format -x -a 'terminal json markdown junit' -d 'How to write the report: terminal, json, markdown or junit.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l json -d 'Short for --format json.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l output -r -F -d 'Write the report to FILE.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l quiet -s q -d 'Print no report; the exit code answers.'
complete -c qops -n '__fish_seen_subcommand_from restore' -l help -d 'Show this message and exit.'
complete -c qops -n '__fish_seen_subcommand_from restore' -x -a '(__qops_circuits)'
