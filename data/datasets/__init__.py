"""Every dataset the product accepts. One file each; add yours here and nowhere else."""

from data.contract import Dataset
from data.datasets.account_forecasts import ACCOUNT_FORECASTS
from data.datasets.accounts import ACCOUNTS
from data.datasets.agreements import AGREEMENTS
from data.datasets.aliases import ALIASES
from data.datasets.approvals import APPROVALS
from data.datasets.attendance import ATTENDANCE
from data.datasets.calendar import CALENDAR
from data.datasets.complaints import COMPLAINTS
from data.datasets.contests import CONTESTS
from data.datasets.decisions import DECISIONS
from data.datasets.events import EVENTS
from data.datasets.feedback import FEEDBACK
from data.datasets.opinions import OPINIONS
from data.datasets.orders import ORDERS
from data.datasets.own_stock import OWN_STOCK
from data.datasets.payments import PAYMENTS
from data.datasets.products import PRODUCTS
from data.datasets.promises import PROMISES
from data.datasets.promotions import PROMOTIONS
from data.datasets.pulse import PULSE
from data.datasets.sell_in import SELL_IN
from data.datasets.sell_out import SELL_OUT
from data.datasets.stock import STOCK
from data.datasets.surveys import SURVEYS
from data.datasets.targets import TARGETS
from data.datasets.tiers import TIERS
from data.datasets.trainings import TRAININGS
from data.datasets.trial_scope import TRIAL_SCOPE
from data.datasets.trials import TRIALS
from data.datasets.visit_plan import VISIT_PLAN
from data.datasets.visits import VISITS

DATASETS: tuple[Dataset, ...] = (
    # sales and stock, then who and what, then the duties in the order of the department's ten
    *(SELL_IN, SELL_OUT, STOCK, ORDERS, OWN_STOCK, APPROVALS),
    *(ACCOUNTS, PRODUCTS, TARGETS, CALENDAR, ALIASES),
    *(TRAININGS, TRIALS, TRIAL_SCOPE, FEEDBACK),
    *(EVENTS, VISITS, VISIT_PLAN, PROMISES),
    *(PROMOTIONS, SURVEYS, COMPLAINTS),
    *(AGREEMENTS, TIERS, PAYMENTS, CONTESTS),
    *(PULSE, ATTENDANCE, OPINIONS, ACCOUNT_FORECASTS, DECISIONS),
)
BY_NAME: dict[str, Dataset] = {dataset.name: dataset for dataset in DATASETS}
