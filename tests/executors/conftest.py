"""Every executor, with the tests' own work within reach of its workers."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from distributed import LocalCluster

from qops.executors import executor, remote
from qops.executors.futures import ConcurrentPool, FuturesExecutor
from qops.executors.options import ONE_THREAD, Options
from qops.model.ports import Executor

TESTS = Path(__file__).parents[1]
OPTIONS = Options(workers=2, environment={**ONE_THREAD, "PYTHONPATH": str(TESTS)})


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as found:
        yield found


@pytest.fixture(params=["local", "serial", "threads", "processes", "dask"])
def any_executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    match request.param:
        case "threads":
            with ThreadPoolExecutor(2) as pool:
                yield FuturesExecutor(ConcurrentPool(pool, 3), OPTIONS)
            remote.release()
        case "processes":
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
                yield FuturesExecutor(ConcurrentPool(pool, 3), OPTIONS)
        case "dask":
            found = request.getfixturevalue("cluster")
            yield executor(found.scheduler_address.replace("tcp", "dask"), OPTIONS)
        case name:
            yield executor(name, OPTIONS)


@pytest.fixture
def local() -> Callable[..., Executor]:
    """An executor with these options."""

    def make(**changed: object) -> Executor:
        known = {name: getattr(OPTIONS, name) for name in Options.__struct_fields__}
        return executor("local", Options(**{**known, **changed}))

    return make
