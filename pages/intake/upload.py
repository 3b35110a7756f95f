"""Bring files in: choose, match columns, check what was read, publish. Only the last step stores anything."""

from pages.intake import check, choose, match, publish, several
from pages.ui import kit, state
from pages.ui.wizard import PUBLISHED

STEPS = (choose, match, check, publish)

queue = state.queue()
if queue.current is not None:
    given_up = queue.current.wizard.path is None
    if given_up or queue.current.wizard.step == PUBLISHED:
        several.leave(queue)
if queue.files and queue.current is None:
    several.show(queue)
else:
    wizard = queue.current.wizard if queue.current else state.wizard()
    if queue.current:
        several.back(queue)
    kit.steps([step.NAME for step in STEPS], wizard.step)
    STEPS[wizard.step].show(wizard)
