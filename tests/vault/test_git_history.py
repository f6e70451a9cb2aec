import gc
import os
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.vault import git_process
from qops.vault.git_history import GitHistory
from qops.vault.git_process import Git

Run = Callable[..., str]


@pytest.fixture
def history(repository: Path) -> GitHistory:
    return GitHistory(repository)


def commit(history: GitHistory, root: Path, name: str, text: str) -> str:
    (root / name).write_text(text)
    return history.commit([name], f"{name}: {text[:20]}")


def hook(root: Path, name: str, script: str) -> None:
    path = root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


class TestSurroundings:
    def test_a_hook_of_another_repository_does_not_mislead(
        self, history: GitHistory, repository: Path, another: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = another("other")
        theirs = GitHistory(other).head()
        for name, value in {
            "GIT_DIR": other / ".git",
            "GIT_WORK_TREE": other,
            "GIT_INDEX_FILE": other / ".git" / "index",
            "GIT_OBJECT_DIRECTORY": other / ".git" / "objects",
            "GIT_COMMON_DIR": other / ".git",
            "GIT_PREFIX": "sub/",
            "GIT_ICASE_PATHSPECS": "1",
        }.items():
            monkeypatch.setenv(name, str(value))
        ours = commit(GitHistory(repository), repository, "a", "1")
        assert GitHistory(repository).read("HEAD", "a") == b"1"
        assert not GitHistory(repository).dirty()
        monkeypatch.undo()
        assert history.head() == ours
        assert GitHistory(other).head() == theirs
        assert not GitHistory(other).staged(["a"])

    def test_every_local_variable_of_this_git_is_kept_back_but_the_users_settings(self, repository: Path) -> None:
        local = set(Git(repository).run("rev-parse", "--local-env-vars").text.split())
        kept_in = {"GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"}
        assert local - git_process._OF_ANOTHER_REPOSITORY <= kept_in

    def test_settings_in_the_environment_hold(self, history: GitHistory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "remote.origin.url")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", "/nowhere")
        assert history._git.run("remote").text == "origin"

    def test_a_linked_worktree(self, history: GitHistory, repository: Path, git: Run) -> None:
        first = commit(history, repository, "a", "1")
        git("worktree", "add", "--quiet", "-b", "side", "../linked", cwd=repository)
        linked = GitHistory(repository.parent / "linked")
        assert linked.head() == first
        second = commit(linked, repository.parent / "linked", "a", "2")
        assert (linked.resolve("side"), history.head()) == (second, first)

    def test_a_detached_head(self, history: GitHistory, repository: Path, git: Run) -> None:
        first = commit(history, repository, "a", "1")
        commit(history, repository, "a", "2")
        git("checkout", "--quiet", "--detach", "HEAD~", cwd=repository)
        assert history.head() == first
        third = commit(history, repository, "a", "3")
        history.tag("v1.0.0", "x")
        assert history.resolve("v1.0.0") == history.head() == third

    def test_a_shallow_clone_says_that_its_history_is_cut(
        self, history: GitHistory, repository: Path, git: Run
    ) -> None:
        for text in "123":
            commit(history, repository, "a", text)
        git("clone", "--quiet", "--depth=1", f"file://{repository}", "../shallow", cwd=repository)
        shallow = GitHistory(repository.parent / "shallow")
        assert shallow.shallow()
        assert not history.shallow()
        assert len(shallow.log("a", "HEAD", 10)) == 1
        with pytest.raises(InputError) as caught:
            shallow.resolve("HEAD~2")
        assert caught.value.hint == "the clone is shallow, its older history is missing: `git fetch --unshallow --tags`"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
    def test_the_repository_of_another_user(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        for path in (repository, repository / ".git"):
            os.chown(path, 12345, 12345)
        for act in (history.head, lambda: history.resolve("HEAD"), history.dirty, lambda: history.read("HEAD", "a")):
            with pytest.raises(EnvironmentFault, match="dubious ownership") as caught:
                act()
            assert caught.value.hint is not None
            assert f"`git config --global --add safe.directory {repository}`" in caught.value.hint

    def test_no_repository(self, tmp_path: Path) -> None:
        with pytest.raises(EnvironmentFault, match="not a git repository") as caught:
            GitHistory(tmp_path).head()
        assert caught.value.hint == "`git init`"

    def test_no_git(self, history: GitHistory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(EnvironmentFault, match="there is no git") as caught:
            history.head()
        assert caught.value.hint == "install git 2.31 or later"

    def test_no_process_and_no_descriptor_is_left(self, repository: Path) -> None:
        before = len(list(Path("/proc/self/fd").iterdir()))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            history = GitHistory(repository)
            commit(history, repository, "a", "1")
            assert history.read("HEAD", "a") == b"1"
            del history
            gc.collect()
        assert len(list(Path("/proc/self/fd").iterdir())) == before


class TestReading:
    def test_the_users_words_are_never_options(self, history: GitHistory, repository: Path, git: Run) -> None:
        first = commit(history, repository, "a", "1")
        git("update-ref", "refs/heads/--output=stolen", first, cwd=repository)
        assert history.resolve("--output=stolen") == first
        assert [found.revision for found in history.log("a", "--output=stolen", 5)] == [first]
        assert not (repository / "stolen").exists()
        commit(history, repository, "--all", "1")
        commit(history, repository, ":(exclude)*", "1")
        commit(history, repository, "*", "star")
        assert history.read("HEAD", ":(exclude)*") == b"1"
        assert len(history.log("*", "HEAD", 5)) == 1

    def test_a_directory_is_no_file(self, history: GitHistory, repository: Path) -> None:
        (repository / "sub").mkdir()
        commit(history, repository, "sub/a", "1")
        with pytest.raises(InputError, match="sub is a tree, not a file"):
            history.read("HEAD", "sub")
        assert history.read("HEAD", "sub/a") == b"1"

    def test_paths_that_are_not_utf_8_do_no_harm(self, history: GitHistory, repository: Path, git: Run) -> None:
        (repository / os.fsdecode(b"caf\xe9")).write_bytes(b"1")
        git("add", ".", cwd=repository)
        commit(history, repository, "a", "1")
        assert history.dirty()
        git("commit", "--quiet", "-m", "two", cwd=repository)
        assert not history.dirty()
        assert [found.subject for found in history.log("a", "HEAD", 5)] == ["a: 1"]

    def test_the_users_settings_do_not_change_the_log(self, history: GitHistory, repository: Path, git: Run) -> None:
        for name, value in {
            "log.showSignature": "true",
            "log.decorate": "no",
            "log.date": "relative",
            "color.ui": "always",
            "i18n.logOutputEncoding": "ISO-8859-1",
            "format.pretty": "oneline",
            "tag.sort": "-version:refname",
            "column.ui": "always",
        }.items():
            git("config", name, value, cwd=repository)
        commit(history, repository, "a", "é")
        history.tag("v1.0.0", "x")
        history.tag("v1.1.0", "x")
        (found,) = history.log("a", "HEAD", 5)
        assert (found.subject, found.author, found.tags) == ("a: é", "Ada", ("v1.0.0", "v1.1.0"))
        assert history.tags() == ("v1.0.0", "v1.1.0")

    def test_a_touched_file_is_not_dirty(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        os.utime(repository / "a", (1, 1))
        assert not history.dirty()

    def test_a_large_file_comes_whole(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "0123456789" * 100_000)
        commit(history, repository, "b", "1")
        assert history.read("HEAD", "a") == b"0123456789" * 100_000
        assert history.read("HEAD", "b") == b"1"


class TestWriting:
    def test_hooks_run_and_may_refuse(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        hook(repository, "pre-commit", "echo one >&2; echo 'angles look wrong' >&2; exit 1")
        with pytest.raises(EnvironmentFault, match="git commit failed: one") as caught:
            commit(history, repository, "a", "2")
        assert caught.value.excerpt == "one\nangles look wrong"
        assert history.staged(["a"])

    def test_a_hook_sees_only_the_paths_of_the_commit(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        (repository / "b").write_text("1")
        history.stage(["b"])
        hook(repository, "pre-commit", "git diff --cached --name-only > ../seen")
        commit(history, repository, "a", "2")
        assert (repository.parent / "seen").read_text() == "a\n"
        assert history.staged(["b"])

    def test_a_deleted_file_is_committed_as_such(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        commit(history, repository, "b", "1")
        (repository / "a").unlink()
        assert history.read(history.commit(["a"], "gone"), "a") is None

    def test_an_unknown_author_is_asked_to_say_who(self, history: GitHistory, repository: Path, git: Run) -> None:
        for name in ("user.name", "user.email"):
            git("config", "--unset", name, cwd=repository)
        git("config", "user.useConfigOnly", "true", cwd=repository)
        with pytest.raises(EnvironmentFault) as caught:
            commit(history, repository, "a", "1")
        assert caught.value.hint == "`git config user.name NAME` and `git config user.email ADDRESS`"

    @pytest.mark.parametrize("what", ["commit", "tag"])
    def test_signing_fails_rather_than_asks(self, history: GitHistory, repository: Path, git: Run, what: str) -> None:
        commit(history, repository, "a", "1")
        git("config", f"{what}.gpgSign", "true", cwd=repository)
        git("config", "gpg.program", "false", cwd=repository)
        with pytest.raises(EnvironmentFault) as caught:
            commit(history, repository, "a", "2") if what == "commit" else history.tag("v1.0.0", "x")
        assert caught.value.hint == "unlock the signing key first, for example with `echo | gpg --clearsign`"

    def test_messages_and_names_are_never_options(self, history: GitHistory, repository: Path) -> None:
        commit(history, repository, "a", "1")
        (repository / "a").write_text("2")
        history.commit(["a"], "--amend")
        history.tag("v1.0.0", "--delete")
        assert [found.subject for found in history.log("a", "HEAD", 5)] == ["--amend", "a: 1"]
        assert history.tags() == ("v1.0.0",)

    def test_tags_are_annotated(self, history: GitHistory, repository: Path, git: Run) -> None:
        commit(history, repository, "a", "1")
        history.tag("v1.0.0", "the first")
        assert "the first" in git("cat-file", "tag", "v1.0.0", cwd=repository)

    def test_a_branch_of_the_same_name_is_no_tag(self, history: GitHistory, repository: Path, git: Run) -> None:
        commit(history, repository, "a", "1")
        git("branch", "v1.0.0", cwd=repository)
        history.tag("v1.0.0", "x")
        assert history.tags() == ("v1.0.0",)

    def test_an_ignored_path_is_refused_with_the_reason(self, history: GitHistory, repository: Path) -> None:
        (repository / ".gitignore").write_text("*.dvc\n")
        (repository / "artifacts.dvc").write_text("")
        with pytest.raises(EnvironmentFault) as caught:
            history.stage(["artifacts.dvc"])
        assert caught.value.hint == "take the rule that ignores it out of .gitignore"

    def test_in_the_middle_of_a_merge(self, history: GitHistory, repository: Path, git: Run) -> None:
        commit(history, repository, "a", "1")
        git("checkout", "--quiet", "-b", "side", cwd=repository)
        commit(history, repository, "b", "1")
        git("checkout", "--quiet", "main", cwd=repository)
        commit(history, repository, "c", "1")
        git("merge", "--no-commit", "--no-ff", "side", cwd=repository)
        with pytest.raises(EnvironmentFault) as caught:
            commit(history, repository, "a", "2")
        assert caught.value.hint == "finish the merge with `git commit`, or leave it with `git merge --abort`"


class TestPushing:
    @pytest.fixture
    def remote(self, history: GitHistory, repository: Path, git: Run) -> Path:
        commit(history, repository, "a", "1")
        git("init", "--quiet", "--bare", "--initial-branch=main", "../remote.git", cwd=repository)
        return repository.parent / "remote.git"

    def test_nowhere_to_push(self, history: GitHistory, remote: Path) -> None:
        assert remote.exists()
        with pytest.raises(EnvironmentFault, match="git does not know where to push to") as caught:
            history.push(["HEAD"])
        assert caught.value.hint == "`git remote add origin URL`, or `git push -u` once"

    def test_the_only_remote_then_the_branchs_own(
        self, history: GitHistory, repository: Path, remote: Path, git: Run
    ) -> None:
        git("remote", "add", "lab", str(remote), cwd=repository)
        history.tag("v1.0.0", "x")
        history.push(["HEAD", "refs/tags/v1.0.0"])
        assert git("for-each-ref", "--format=%(refname)", cwd=remote).split() == ["refs/heads/main", "refs/tags/v1.0.0"]
        git("remote", "add", "origin", "/nowhere", cwd=repository)
        git("config", "branch.main.remote", "lab", cwd=repository)
        second = commit(history, repository, "a", "2")
        history.push(["HEAD"])
        assert git("rev-parse", "main", cwd=remote).strip() == second

    def test_a_rejected_push_says_what_to_do(
        self, history: GitHistory, repository: Path, remote: Path, git: Run
    ) -> None:
        git("remote", "add", "origin", str(remote), cwd=repository)
        history.push(["HEAD"])
        git("clone", "--quiet", str(remote), "../clone", cwd=repository)
        git("config", "user.email", "b@example.org", cwd=repository.parent / "clone")
        clone = GitHistory(repository.parent / "clone")
        commit(clone, repository.parent / "clone", "a", "theirs")
        clone.push(["HEAD"])
        commit(history, repository, "a", "ours")
        with pytest.raises(EnvironmentFault, match="git push failed") as caught:
            history.push(["HEAD"])
        assert caught.value.hint == "fetch and merge what others pushed: `git pull`"

    @pytest.mark.parametrize("ref", ["--force", "+HEAD", ":main", "a\nb"])
    def test_only_refs_are_pushed(self, history: GitHistory, remote: Path, ref: str) -> None:
        assert remote.exists()
        with pytest.raises(InputError, match="is not something to push"):
            history.push([ref])

    def test_a_password_is_never_asked_for(
        self, repository: Path, remote: Path, git: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asking = remote.parent / "git-remote-ask"
        asking.write_text("#!/bin/sh\nprintf 'protocol=https\\nhost=x.invalid\\n\\n' | git credential fill\nexit 1\n")
        asking.chmod(0o755)
        monkeypatch.setenv("PATH", f"{remote.parent}:{os.environ['PATH']}")
        git("remote", "add", "origin", "ask::somewhere", cwd=repository)
        with pytest.raises(EnvironmentFault, match="git push failed") as caught:
            GitHistory(repository).push(["HEAD"])
        assert "could not read" in f"{caught.value.cause} {caught.value.excerpt}"
        assert caught.value.hint == "git may not ask for a password here: set up a credential helper or an SSH key"


def test_a_git_that_dies_is_a_fault(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\nexit 3\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    history = GitHistory(repository)
    with pytest.raises(EnvironmentFault, match="git cat-file failed: it ended with code 3 and said nothing"):
        history.read("0" * 40, "a")
