"""`take` of the bad inputs: below a header that says its tax basis."""

from functools import partial

import pytest

from tests.data.ingest.bad.kit import HEADER
from tests.data.ingest.kit import Take


@pytest.fixture
def take(take: Take) -> Take:
    """Prepare rows, text or bytes as LINES; nothing is asked of the header alone."""
    return partial(take, header=HEADER)
