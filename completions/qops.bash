# bash completion for qops, written by `qops completions bash`

_qops_circuits() {
    local top
    top=$(git rev-parse --show-toplevel 2>/dev/null) || return
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
    ' "$top/qops.yaml" "$top/qops.lock" 2>/dev/null
}

_qops_revisions() {
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags 2>/dev/null | grep -E '^[A-Za-z0-9_./-]+$'
}

# Offers those lines of standard input that begin with the word. Not `compgen -W`: it would expand `$(…)` in them.
_qops_offer() {
    local line
    while IFS= read -r line; do
        [[ $line == "$word"* ]] && COMPREPLY+=("$line")
    done
}

_qops_files() {
    compopt -o filenames 2>/dev/null
    _qops_offer < <(compgen "$1" -- "$word")
}

_qops() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= index
    if [[ $word == = ]]; then
        word=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()
    for ((index = 1; index < COMP_CWORD; index++)); do
        case "$command ${COMP_WORDS[index]}" in
            ' init') command='init' ;;
            ' doctor') command='doctor' ;;
            ' completions') command='completions' ;;
            ' hooks') command='hooks' ;;
            'hooks install') command='hooks install' ;;
            'hooks uninstall') command='hooks uninstall' ;;
            'hooks status') command='hooks status' ;;
            'hooks make') command='hooks make' ;;
            ' ci') command='ci' ;;
            'ci init') command='ci init' ;;
            ' status') command='status' ;;
            ' snapshot') command='snapshot' ;;
            ' diff') command='diff' ;;
            ' log') command='log' ;;
            ' show') command='show' ;;
            ' restore') command='restore' ;;
            ' backend') command='backend' ;;
            'backend list') command='backend list' ;;
            'backend show') command='backend show' ;;
            'backend export') command='backend export' ;;
            'backend diff') command='backend diff' ;;
            'backend history') command='backend history' ;;
            ' drift') command='drift' ;;
            'drift run') command='drift run' ;;
            'drift record') command='drift record' ;;
            'drift baseline') command='drift baseline' ;;
            'drift check') command='drift check' ;;
            'drift spectrum') command='drift spectrum' ;;
            'drift outcomes') command='drift outcomes' ;;
            'drift gates') command='drift gates' ;;
            'drift calibrate') command='drift calibrate' ;;
            'drift simulate') command='drift simulate' ;;
            'drift plan') command='drift plan' ;;
            'drift watch') command='drift watch' ;;
            'drift trigger') command='drift trigger' ;;
            'drift trigger run') command='drift trigger run' ;;
            'drift trigger ack') command='drift trigger ack' ;;
            'drift trigger retry') command='drift trigger retry' ;;
            'drift trigger resolve') command='drift trigger resolve' ;;
            'drift trigger log') command='drift trigger log' ;;
            ' transpile-matrix') command='transpile-matrix' ;;
            ' transpile') command='transpile' ;;
            'transpile best') command='transpile best' ;;
            'transpile merge') command='transpile merge' ;;
            'transpile calibrate') command='transpile calibrate' ;;
            'transpile plan') command='transpile plan' ;;
            ' abtest') command='abtest' ;;
            'abtest whole') command='abtest whole' ;;
            'abtest plan') command='abtest plan' ;;
            'abtest run') command='abtest run' ;;
            'abtest judge') command='abtest judge' ;;
            'abtest calibrate') command='abtest calibrate' ;;
            'abtest estimate') command='abtest estimate' ;;
            'abtest matrix') command='abtest matrix' ;;
            ' fsck') command='fsck' ;;
            ' gc') command='gc' ;;
        esac
    done
    case "$command $previous" in
        ' --directory'|' -C') _qops_files -d; return ;;
        'init --pilot') _qops_files -d; return ;;
        'init --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'init --output') _qops_files -f; return ;;
        'doctor --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'doctor --output') _qops_files -f; return ;;
        'hooks install --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'hooks install --output') _qops_files -f; return ;;
        'hooks uninstall --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'hooks uninstall --output') _qops_files -f; return ;;
        'hooks status --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'hooks status --output') _qops_files -f; return ;;
        'ci init --parts') :; return ;;
        'ci init --install') :; return ;;
        'ci init --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'ci init --output') _qops_files -f; return ;;
        'status --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'status --output') _qops_files -f; return ;;
        'snapshot --message'|'snapshot -m') :; return ;;
        'snapshot --tag') :; return ;;
        'snapshot --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'snapshot --output') _qops_files -f; return ;;
        'diff --name') _qops_offer < <(_qops_circuits); return ;;
        'diff --tolerance') :; return ;;
        'diff --invisible-at') :; return ;;
        'diff --fail-on') _qops_offer < <(printf '%s\n' frame parameters structure); return ;;
        'diff --layout') _qops_files -f; return ;;
        'diff --limit') :; return ;;
        'diff --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'diff --output') _qops_files -f; return ;;
        'log --limit'|'log -n') :; return ;;
        'log --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'log --output') _qops_files -f; return ;;
        'show --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'show --output') _qops_files -f; return ;;
        'restore --to') _qops_files -f; return ;;
        'restore --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'restore --output') _qops_files -f; return ;;
        'backend list --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'backend list --output') _qops_files -f; return ;;
        'backend show --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'backend show --output') _qops_files -f; return ;;
        'backend export --to') _qops_files -f; return ;;
        'backend diff --threshold') :; return ;;
        'backend diff --limit') :; return ;;
        'backend diff --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'backend diff --output') _qops_files -f; return ;;
        'backend history --limit') :; return ;;
        'backend history --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'backend history --output') _qops_files -f; return ;;
        'drift run --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift run --output') _qops_files -f; return ;;
        'drift record --at') :; return ;;
        'drift record --result') :; return ;;
        'drift record --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift record --output') _qops_files -f; return ;;
        'drift baseline --since') :; return ;;
        'drift baseline --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift baseline --output') _qops_files -f; return ;;
        'drift check --chart') _qops_offer < <(_qops_circuits); return ;;
        'drift check --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift check --output') _qops_files -f; return ;;
        'drift spectrum --level') :; return ;;
        'drift spectrum --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift spectrum --output') _qops_files -f; return ;;
        'drift outcomes --baseline') :; return ;;
        'drift outcomes --run-length') :; return ;;
        'drift outcomes --seed') :; return ;;
        'drift outcomes --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift outcomes --output') _qops_files -f; return ;;
        'drift gates --windows') :; return ;;
        'drift gates --level') :; return ;;
        'drift gates --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift gates --output') _qops_files -f; return ;;
        'drift calibrate --chart') _qops_offer < <(_qops_circuits); return ;;
        'drift calibrate --seed') :; return ;;
        'drift calibrate --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift calibrate --output') _qops_files -f; return ;;
        'drift simulate --epochs') :; return ;;
        'drift simulate --every') :; return ;;
        'drift simulate --seed') :; return ;;
        'drift simulate --chart') _qops_offer < <(_qops_circuits); return ;;
        'drift simulate --to') _qops_files -f; return ;;
        'drift simulate --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift simulate --output') _qops_files -f; return ;;
        'drift plan --kind') :; return ;;
        'drift plan --backend') _qops_offer < <(_qops_circuits); return ;;
        'drift plan --qubits') :; return ;;
        'drift plan --delay') :; return ;;
        'drift plan --length') :; return ;;
        'drift plan --circuits') :; return ;;
        'drift plan --seed') :; return ;;
        'drift plan --shots') :; return ;;
        'drift plan --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift plan --output') _qops_files -f; return ;;
        'drift watch --backend') _qops_offer < <(_qops_circuits); return ;;
        'drift watch --distance') :; return ;;
        'drift watch --qubits') :; return ;;
        'drift watch --sites') :; return ;;
        'drift watch --points') :; return ;;
        'drift watch --wait') :; return ;;
        'drift watch --to') _qops_files -f; return ;;
        'drift watch --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift watch --output') _qops_files -f; return ;;
        'drift trigger run --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift trigger run --output') _qops_files -f; return ;;
        'drift trigger ack --message'|'drift trigger ack -m') :; return ;;
        'drift trigger ack --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift trigger ack --output') _qops_files -f; return ;;
        'drift trigger retry --message'|'drift trigger retry -m') :; return ;;
        'drift trigger retry --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift trigger retry --output') _qops_files -f; return ;;
        'drift trigger resolve --message'|'drift trigger resolve -m') :; return ;;
        'drift trigger resolve --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift trigger resolve --output') _qops_files -f; return ;;
        'drift trigger log --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'drift trigger log --output') _qops_files -f; return ;;
        'transpile-matrix --only') :; return ;;
        'transpile-matrix --seeds') :; return ;;
        'transpile-matrix --baseline') :; return ;;
        'transpile-matrix --accept') :; return ;;
        'transpile-matrix --recheck') :; return ;;
        'transpile-matrix --verify') _qops_offer < <(printf '%s\n' auto all off); return ;;
        'transpile-matrix --shard') :; return ;;
        'transpile-matrix --to') _qops_files -f; return ;;
        'transpile-matrix --executor') :; return ;;
        'transpile-matrix --limit') :; return ;;
        'transpile-matrix --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'transpile-matrix --output') _qops_files -f; return ;;
        'transpile best --backend') _qops_offer < <(_qops_circuits); return ;;
        'transpile best --level') :; return ;;
        'transpile best --to') _qops_files -f; return ;;
        'transpile merge --baseline') :; return ;;
        'transpile merge --accept') :; return ;;
        'transpile merge --to') _qops_files -f; return ;;
        'transpile merge --verify') _qops_offer < <(printf '%s\n' auto all off); return ;;
        'transpile merge --limit') :; return ;;
        'transpile merge --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'transpile merge --output') _qops_files -f; return ;;
        'transpile calibrate --seeds') :; return ;;
        'transpile calibrate --trials') :; return ;;
        'transpile calibrate --seed') :; return ;;
        'transpile calibrate --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'transpile calibrate --output') _qops_files -f; return ;;
        'abtest whole --seed') :; return ;;
        'abtest whole --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest whole --output') _qops_files -f; return ;;
        'abtest plan --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest plan --output') _qops_files -f; return ;;
        'abtest run --seed') :; return ;;
        'abtest run --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest run --output') _qops_files -f; return ;;
        'abtest judge --from') _qops_files -f; return ;;
        'abtest judge --test') _qops_offer < <(printf '%s\n' barnard boschloo fisher z); return ;;
        'abtest judge --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest judge --output') _qops_files -f; return ;;
        'abtest calibrate --trials') :; return ;;
        'abtest calibrate --live') :; return ;;
        'abtest calibrate --seed') :; return ;;
        'abtest calibrate --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest calibrate --output') _qops_files -f; return ;;
        'abtest estimate --half-width') :; return ;;
        'abtest estimate --method') _qops_offer < <(printf '%s\n' iqae likelihood); return ;;
        'abtest estimate --seed') :; return ;;
        'abtest estimate --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest estimate --output') _qops_files -f; return ;;
        'abtest matrix --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'abtest matrix --output') _qops_files -f; return ;;
        'fsck --rev') :; return ;;
        'fsck --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'fsck --output') _qops_files -f; return ;;
        'gc --format') _qops_offer < <(printf '%s\n' terminal json markdown junit github openmetrics html); return ;;
        'gc --output') _qops_files -f; return ;;
    esac
    case "$command $word" in
        ' -'*) _qops_offer < <(printf '%s\n' --directory -C --version --help) ;;
        'init -'*) _qops_offer < <(printf '%s\n' --pilot --format --json --output --quiet -q --help) ;;
        'doctor -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'completions -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'hooks -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'hooks install -'*) _qops_offer < <(printf '%s\n' --dry-run --format --json --output --quiet -q --help) ;;
        'hooks uninstall -'*) _qops_offer < <(printf '%s\n' --dry-run --format --json --output --quiet -q --help) ;;
        'hooks status -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'hooks make -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'ci -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'ci init -'*) _qops_offer < <(printf '%s\n' --github --gitlab --pre-commit --make --parts --install --print --force --format --json --output --quiet -q --help) ;;
        'status -'*) _qops_offer < <(printf '%s\n' --run --no-run --format --json --output --quiet -q --help) ;;
        'snapshot -'*) _qops_offer < <(printf '%s\n' --message -m --tag --push --dry-run --format --json --output --quiet -q --help) ;;
        'diff -'*) _qops_offer < <(printf '%s\n' --name --tolerance --invisible-at --fail-on --prove --layout --exact --no-exact --limit --format --json --output --quiet -q --help) ;;
        'log -'*) _qops_offer < <(printf '%s\n' --limit -n --format --json --output --quiet -q --help) ;;
        'show -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'restore -'*) _qops_offer < <(printf '%s\n' --to --force --format --json --output --quiet -q --help) ;;
        'backend -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'backend list -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'backend show -'*) _qops_offer < <(printf '%s\n' --refresh --format --json --output --quiet -q --help) ;;
        'backend export -'*) _qops_offer < <(printf '%s\n' --to --calibration --help) ;;
        'backend diff -'*) _qops_offer < <(printf '%s\n' --threshold --limit --format --json --output --quiet -q --help) ;;
        'backend history -'*) _qops_offer < <(printf '%s\n' --limit --format --json --output --quiet -q --help) ;;
        'drift -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'drift run -'*) _qops_offer < <(printf '%s\n' --save --format --json --output --quiet -q --help) ;;
        'drift record -'*) _qops_offer < <(printf '%s\n' --at --result --save --format --json --output --quiet -q --help) ;;
        'drift baseline -'*) _qops_offer < <(printf '%s\n' --since --force --format --json --output --quiet -q --help) ;;
        'drift check -'*) _qops_offer < <(printf '%s\n' --chart --robust --fleet --format --json --output --quiet -q --help) ;;
        'drift spectrum -'*) _qops_offer < <(printf '%s\n' --level --format --json --output --quiet -q --help) ;;
        'drift outcomes -'*) _qops_offer < <(printf '%s\n' --baseline --run-length --seed --format --json --output --quiet -q --help) ;;
        'drift gates -'*) _qops_offer < <(printf '%s\n' --windows --level --format --json --output --quiet -q --help) ;;
        'drift calibrate -'*) _qops_offer < <(printf '%s\n' --chart --seed --format --json --output --quiet -q --help) ;;
        'drift simulate -'*) _qops_offer < <(printf '%s\n' --epochs --every --seed --null --chart --to --format --json --output --quiet -q --help) ;;
        'drift plan -'*) _qops_offer < <(printf '%s\n' --kind --backend --qubits --delay --length --circuits --seed --shots --force --dry-run --format --json --output --quiet -q --help) ;;
        'drift watch -'*) _qops_offer < <(printf '%s\n' --backend --distance --qubits --sites --points --wait --to --format --json --output --quiet -q --help) ;;
        'drift trigger -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'drift trigger run -'*) _qops_offer < <(printf '%s\n' --dry-run --format --json --output --quiet -q --help) ;;
        'drift trigger ack -'*) _qops_offer < <(printf '%s\n' --message -m --format --json --output --quiet -q --help) ;;
        'drift trigger retry -'*) _qops_offer < <(printf '%s\n' --message -m --format --json --output --quiet -q --help) ;;
        'drift trigger resolve -'*) _qops_offer < <(printf '%s\n' --message -m --format --json --output --quiet -q --help) ;;
        'drift trigger log -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'transpile-matrix -'*) _qops_offer < <(printf '%s\n' --only --seeds --baseline --accept --recheck --verify --shard --to --executor --limit --format --json --output --quiet -q --help) ;;
        'transpile -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'transpile best -'*) _qops_offer < <(printf '%s\n' --backend --level --to --help) ;;
        'transpile merge -'*) _qops_offer < <(printf '%s\n' --baseline --accept --to --verify --limit --format --json --output --quiet -q --help) ;;
        'transpile calibrate -'*) _qops_offer < <(printf '%s\n' --seeds --trials --seed --format --json --output --quiet -q --help) ;;
        'transpile plan -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'abtest -'*) _qops_offer < <(printf '%s\n' --help) ;;
        'abtest whole -'*) _qops_offer < <(printf '%s\n' --peek --restart --no-save --seed --format --json --output --quiet -q --help) ;;
        'abtest plan -'*) _qops_offer < <(printf '%s\n' --format --json --output --quiet -q --help) ;;
        'abtest run -'*) _qops_offer < <(printf '%s\n' --peek --restart --no-save --seed --format --json --output --quiet -q --help) ;;
        'abtest judge -'*) _qops_offer < <(printf '%s\n' --from --test --format --json --output --quiet -q --help) ;;
        'abtest calibrate -'*) _qops_offer < <(printf '%s\n' --trials --live --no-save --seed --format --json --output --quiet -q --help) ;;
        'abtest estimate -'*) _qops_offer < <(printf '%s\n' --half-width --method --restart --no-save --seed --format --json --output --quiet -q --help) ;;
        'abtest matrix -'*) _qops_offer < <(printf '%s\n' --measure --format --json --output --quiet -q --help) ;;
        'fsck -'*) _qops_offer < <(printf '%s\n' --heal --rev --all-revisions --digests --no-digests --format --json --output --quiet -q --help) ;;
        'gc -'*) _qops_offer < <(printf '%s\n' --dry-run --format --json --output --quiet -q --help) ;;
        ' '*) _qops_offer < <(printf '%s\n' init doctor completions hooks ci status snapshot diff log show restore backend drift transpile-matrix transpile abtest fsck gc) ;;
        'init '*) _qops_files -d ;;
        'doctor '*) : ;;
        'completions '*) _qops_offer < <(printf '%s\n' bash zsh fish) ;;
        'hooks '*) _qops_offer < <(printf '%s\n' install uninstall status make) ;;
        'hooks install '*) : ;;
        'hooks uninstall '*) : ;;
        'hooks status '*) : ;;
        'hooks make '*) : ;;
        'ci '*) _qops_offer < <(printf '%s\n' init) ;;
        'ci init '*) : ;;
        'status '*) : ;;
        'snapshot '*) _qops_offer < <(_qops_circuits) ;;
        'diff '*) _qops_offer < <(_qops_revisions); _qops_files -f ;;
        'log '*) _qops_offer < <(_qops_circuits) ;;
        'show '*) _qops_offer < <(_qops_circuits) ;;
        'restore '*) _qops_offer < <(_qops_circuits) ;;
        'backend '*) _qops_offer < <(printf '%s\n' list show export diff history) ;;
        'backend list '*) : ;;
        'backend show '*) _qops_offer < <(_qops_circuits) ;;
        'backend export '*) _qops_offer < <(_qops_circuits) ;;
        'backend diff '*) : ;;
        'backend history '*) _qops_offer < <(_qops_circuits) ;;
        'drift '*) _qops_offer < <(printf '%s\n' run record baseline check spectrum outcomes gates calibrate simulate plan watch trigger) ;;
        'drift run '*) : ;;
        'drift record '*) :; _qops_files -f ;;
        'drift baseline '*) : ;;
        'drift check '*) : ;;
        'drift spectrum '*) : ;;
        'drift outcomes '*) _qops_files -f ;;
        'drift gates '*) : ;;
        'drift calibrate '*) : ;;
        'drift simulate '*) : ;;
        'drift plan '*) _qops_offer < <(_qops_circuits) ;;
        'drift watch '*) : ;;
        'drift trigger '*) _qops_offer < <(printf '%s\n' run ack retry resolve log) ;;
        'drift trigger run '*) : ;;
        'drift trigger ack '*) : ;;
        'drift trigger retry '*) : ;;
        'drift trigger resolve '*) : ;;
        'drift trigger log '*) : ;;
        'transpile-matrix '*) : ;;
        'transpile '*) _qops_offer < <(printf '%s\n' best merge calibrate plan) ;;
        'transpile best '*) : ;;
        'transpile merge '*) : ;;
        'transpile calibrate '*) : ;;
        'transpile plan '*) : ;;
        'abtest '*) _qops_offer < <(printf '%s\n' whole plan run judge calibrate estimate matrix) ;;
        'abtest whole '*) : ;;
        'abtest plan '*) : ;;
        'abtest run '*) : ;;
        'abtest judge '*) : ;;
        'abtest calibrate '*) : ;;
        'abtest estimate '*) : ;;
        'abtest matrix '*) : ;;
        'fsck '*) : ;;
        'gc '*) : ;;
    esac
}

complete -F _qops qops
