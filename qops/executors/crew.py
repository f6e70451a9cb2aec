"""The workers of one run: hired as they are needed, given one task at a time, replaced when they are lost.

Why not a pool from a package? `concurrent.futures` loses every waiting task when one worker dies, and cannot end a
hung one. Pebble can, but gives it three seconds to react to SIGTERM, which Rust code ignores; its workers share one
pipe, and one that is killed while it holds that pipe's lock stops all; and of any pool on `multiprocessing`, the fork
server is one for the whole program, with the program's environment, and imports its main module again.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

import msgspec

from qops import world
from qops.errors import EnvironmentFault
from qops.executors.agenda import Agenda
from qops.executors.hand import Hand
from qops.executors.launch import Server
from qops.executors.messages import ENDED, Reply
from qops.model.ports import Done, Task
from qops.model.wording import last_lines

_TO_END = 1.0
_LONGEST_WAIT = 3600.0


class Crew:
    """Up to `most` workers with the same resources. It may perform several times; close it in the end.

    Args:
        server: what starts the workers.
        resources: what every task may use; sent once to each worker.
        most: as many workers at once.
    """

    def __init__(self, server: Server, resources: Mapping[str, bytes], most: int) -> None:
        self._server = server
        self._resources = msgspec.msgpack.encode(dict(resources))
        self._most = most
        self._hands: dict[int, Hand] = {}
        self._selector = DefaultSelector()
        self._selector.register(server.channel, EVENT_READ)

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Do the tasks; each ends in one `Done`.

        Raises:
            EnvironmentFault: no worker can be started.
        """
        agenda, done = Agenda(tasks), list[Done]()
        while agenda or self._at_work():
            self._hire(agenda.ready)
            self._assign(agenda)
            yield from done  # while the workers are at what comes next
            done = self._listen(agenda, self._patience())
        yield from done

    def close(self) -> None:
        """Kill the workers, and wait until they are gone."""
        with suppress(EnvironmentFault):
            for hand in self._hands.values():
                self._server.dismiss(hand.number)
                self._deaf_to(hand)
            until = world.monotonic() + _TO_END
            while self._hands and self._selector.select(max(0.0, until - world.monotonic())):
                verb, number, _ = self._server.news()
                if verb == ENDED and number in self._hands:
                    self._forget(number)
        for number in list(self._hands):
            self._forget(number)
        self._selector.close()

    def _at_work(self) -> bool:
        return any(hand.task for hand in self._hands.values())

    def _hire(self, wanted: int) -> None:
        """Have so many free workers, if there is room for them."""
        wanted -= sum(hand.free for hand in self._hands.values())
        for _ in range(min(wanted, self._most - len(self._hands))):
            hand = Hand(*self._server.hire(), self._resources)
            self._hands[hand.number] = hand
            self._selector.register(hand.channel, EVENT_READ, hand.number)

    def _assign(self, agenda: Agenda) -> None:
        for hand in self._hands.values():
            if hand.ready and hand.free and (task := agenda.take(alone=not self._at_work())):
                hand.give(task)

    def _patience(self) -> float:
        """The time until the next worker is late."""
        next_deadline = min((hand.deadline for hand in self._hands.values()), default=0.0)
        return min(_LONGEST_WAIT, max(0.0, next_deadline - world.monotonic()))

    def _listen(self, agenda: Agenda, seconds: float) -> list[Done]:
        """Wait for what happens next; the tasks that are over by it."""
        numbers = [key.data for key, _ in self._selector.select(seconds)]
        heard = [self._hear(number) for number in numbers if number is not None]
        told = self._told(agenda) if None in numbers else None
        self._dismiss_the_late()
        return [done for done in (*heard, told) if done]

    def _hear(self, number: int) -> Done | None:
        hand = self._hands[number]
        reply = hand.hear()
        if hand.leaving:
            self._deaf_to(hand)
        if reply and not hand.ready:
            hand.equip()
            return None
        return _over(hand, reply)

    def _told(self, agenda: Agenda) -> Done | None:
        """What the server says: that it is ready, or that a worker ended."""
        verb, number, status = self._server.news()
        if verb != ENDED or number not in self._hands:  # it is ready, or one of an earlier crew took its time
            return None
        hand = self._hands[number]
        try:
            if not hand.ready:
                raise _not_started(hand)
            if over := _over(hand, hand.last_words()):
                return over
            return agenda.settle(hand.task, hand.ending(status)) if hand.task else None
        finally:
            self._forget(number)

    def _dismiss_the_late(self) -> None:
        now = world.monotonic()
        for hand in self._hands.values():
            if hand.deadline < now:
                hand.late()
                self._server.dismiss(hand.number)

    def _forget(self, number: int) -> None:
        hand = self._hands.pop(number)
        self._deaf_to(hand)
        hand.close()

    def _deaf_to(self, hand: Hand) -> None:
        if hand.channel in self._selector.get_map():
            self._selector.unregister(hand.channel)


def _over(hand: Hand, reply: Reply | None) -> Done | None:
    """The task that a reply ends; the worker is free then."""
    if reply is None or hand.task is None:
        return None
    key, hand.task = hand.task.key, None
    return Done(key, reply.result, reply.kind, reply.because)


def _not_started(hand: Hand) -> EnvironmentFault:
    said = last_lines(hand.printed(), 1)
    return EnvironmentFault(f"a worker process could not be started{f': {said}' if said else ''}", hint="qops doctor")
