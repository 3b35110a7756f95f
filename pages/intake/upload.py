"""Bring a file in: choose it, match its columns, check what was read, publish. Only the last step stores anything."""

from pages.intake import check, choose, match, publish
from pages.ui import kit, state

STEPS = (choose, match, check, publish)

wizard = state.wizard()
kit.steps([step.NAME for step in STEPS], wizard.step)
STEPS[wizard.step].show(wizard)
