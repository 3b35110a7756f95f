"""The page of trials: one trial with its verdict and rule, all of them in a list, and what it says without files."""

from data.approve import NotApproved
from data.decide import NO_OWNER
from tests.pages.words import words


def test_says_of_one_trial_whether_it_goes_on_by_which_rule_and_what_people_say(run, demo_home):
    at = run(demo_home, "trials", lang="en", t="SD03")

    assert not at.exception
    said = words(at)
    assert "pcs a store and week, goal 1.2" in said
    assert "go at 80%, stop at 20%" in said and "2026-03-23" in said  # the day on which the rule was fixed
    assert "satisfied" in said and 'class="quote"' in said
    assert "All 3 trials" in said


def test_another_trial_is_chosen_in_the_address_and_has_its_own_verdict(run, demo_home):
    poster, stand = (words(run(demo_home, "trials", lang="zh", t=code)) for code in ("SD02", "SD01"))

    assert "冰箱门体海报" in poster.split("<h1>")[0] and "样机体验台" in stand.split("<h1>")[0]
    assert "冰箱门体海报：8" in poster and "样机体验台：8" in stand  # the figures below are the trial's too
    assert poster.split("<h1>")[1].split("</h1>")[0] != stand.split("<h1>")[1].split("</h1>")[0]


def test_a_trial_that_is_not_there_gives_the_newest(run, demo_home):
    gone, newest = (words(run(demo_home, "trials", lang="en", **q)) for q in ({"t": "XX"}, {}))

    assert gone == newest and "1.2" in newest


def test_what_is_decided_is_kept_with_the_trials_code_its_owner_and_its_figures(run, demo_home, monkeypatch):
    kept = []
    monkeypatch.setattr("data.decide.decide", lambda home, store, decision, user, day: kept.append(decision))
    at = run(demo_home, "trials", lang="en", t="SD03")

    at.button(key="decide-go").click().run()

    [decision] = kept
    assert decision.trial == "SD03" and decision.owner == "陈静" and "SD03" in decision.words
    assert decision.words.startswith("Go: ") and "likely to reach 1.2" in decision.words
    assert "Kept as today's decision" in words(at).replace("&#x27;", "'")


def test_what_cannot_be_kept_says_why(run, demo_home, monkeypatch):
    def refuse(*_: object) -> None:
        raise NotApproved(NO_OWNER)

    monkeypatch.setattr("data.decide.decide", refuse)
    at = run(demo_home, "trials", lang="en", t="SD02")
    at.button(key="decide-stop").click().run()

    assert NO_OWNER.en in words(at)


def test_before_a_month_in_which_none_had_begun_all_are_planned(run, demo_home):
    at = run(demo_home, "trials", lang="en", p="2024-03")

    assert not at.exception
    assert not [button for button in at.button if (button.key or "").startswith("decide")]
    assert "Not begun" in words(at) and "likely to reach" not in words(at)


def test_without_a_trial_it_names_the_register_that_is_missing(run, store, given):
    (store.root / "begun").touch()
    given("sell_out", {"account": "A", "sku": "X", "sold_on": "2026-06-20", "qty": 3, "amount": 30})
    at = run(store.root, "trials", lang="en")

    assert not at.exception
    assert "Trials" in words(at) and "Not there yet" in words(at)


def test_a_trial_without_places_sales_history_or_cards_says_what_lacks(run, store, given):
    (store.root / "begun").touch()
    given("sell_out", {"account": "A", "sku": "X", "sold_on": "2026-06-20", "qty": 3, "amount": 30})
    given("trials", {"trial": "T1", "title": "Door", "sku": "X", "starts_on": "2026-06-01", "ends_on": "2026-07-26"})
    given("trial_scope", {"trial": "T1", "account": "A", "pilot": True})
    at = run(store.root, "trials", lang="en")

    assert not at.exception
    said = words(at)
    assert "Too small to tell" in said
    assert "Trial feedback" in said  # the cards that are not there yet
