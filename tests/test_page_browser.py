"""The page in a real browser, opened from a file: what opens, what is highlighted, what never happens."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.faces.harmless import make_harmless
from onrecord.faces.page import write_page
from tests.page_records import make_hostile_record, make_large_record, make_record

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not CHROMIUM or not DRIVER:
        pytest.skip("no chromium and chromedriver on the path; install them (Debian: chromium chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("page")
    write_page(make_record(), out)
    write_page(make_hostile_record(), out / "hostile")
    return out


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    """The browser on a fresh page, 1280 wide; no test may leave an error on the console or ask for anything else."""
    size(browser, 1280)
    media(browser, "light")
    browser.get("about:blank")
    browser.get_log("browser"), browser.get_log("performance")
    visit(browser, folder / "record.html")
    yield browser
    assert browser.get_log("browser") == []
    assert [url for url in requests(browser) if not url.startswith("file://")] == []


def visit(browser: Any, path: Path, fragment: str = "") -> None:
    browser.get("about:blank")
    browser.get(path.as_uri() + fragment)


def size(browser: Any, width: int, height: int = 900) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )


def media(browser: Any, scheme: str, kind: str = "") -> None:
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": features})


def requests(browser: Any) -> list[str]:
    events = (json.loads(line["message"])["message"] for line in browser.get_log("performance"))
    found = (e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent")
    return [url for url in found if not url.startswith("about:")]


def run(browser: Any, script: str, *values: Any) -> Any:
    return browser.execute_script(script, *values)


def press(browser: Any, key: str) -> None:
    """A key pressed where the focus is."""
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(key).perform()


def shown_words(browser: Any) -> list[str]:
    """The highlighted words of the pane, pieces that touch joined."""
    script = """
      const found = [];
      let last = null;
      for (const mark of document.querySelectorAll('#_pane-body mark.shown')) {
        const [start, end] = mark.dataset.at.split('-').map(Number);
        if (last === start) found[found.length - 1] += mark.textContent; else found.push(mark.textContent);
        last = end;
      }
      return found;"""
    return list(run(browser, script))


def comes_into_view(browser: Any, selector: str) -> bool:
    """Whether an element stands in the window once what surrounds it has its height."""
    from selenium.webdriver.support.ui import WebDriverWait

    top = "return document.querySelector(arguments[0]).getBoundingClientRect().top"
    return bool(WebDriverWait(browser, 5).until(lambda driver: -1 <= run(driver, top, selector) < 900))


def click(browser: Any, selector: str) -> None:
    run(browser, "document.querySelector(arguments[0]).click()", selector)


def test_only_the_file_is_asked_for(page: Any, folder: Path) -> None:
    """Opening the page loads the file and nothing else, and the policy would stop what tried."""
    assert requests(page) == [(folder / "record.html").as_uri()]
    blocked = """
      const done = arguments[0];
      document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective), { once: true });
      fetch('https://example.invalid/').catch(() => {});"""
    assert page.execute_async_script(blocked) == "connect-src"
    page.get_log("browser")  # the browser reports the blocked attempt, as it should
    assert not any("example.invalid" in url for url in requests(page))


def test_every_section_can_be_reached_from_the_contents(page: Any) -> None:
    """Each link of the contents brings its section's heading into view."""
    targets = run(page, "return [...document.querySelectorAll('.contents a')].map((link) => link.hash)")
    assert len(targets) == 11
    for target in targets:
        click(page, f".contents a[href='{target}']")
        assert comes_into_view(page, f"{target} h2")


def test_an_item_opens_its_article_at_the_highlighted_words(page: Any) -> None:
    """For every report on the page, the words highlighted in the pane are the report's exact words."""
    for entry in make_record().entries:
        for at, report in enumerate(entry.reports):
            if report.text in ("t-courier", "t-evening"):
                continue  # copies: their links stand with the original's report
            selector = f"#{entry.id} .chain a[data-open='{report.text}']"
            click(page, selector)
            expected = [span.exact for span in sorted(report.spans.content)]
            assert shown_words(page) == expected, (entry.id, at)
    assert run(page, "return document.activeElement.id") == "_pane-title"


def test_the_highlighted_words_are_in_view(page: Any) -> None:
    """The pane scrolls to the evidence."""
    size(page, 1280, 420)
    click(page, "#e-summer .open")
    place = "return document.querySelector(arguments[0]).getBoundingClientRect()"
    pane, mark = (run(page, place, selector) for selector in ("#_pane-body", "#_pane-body mark.shown"))
    assert pane["top"] <= mark["top"] <= pane["bottom"]


def test_what_was_clicked_stays_where_it_was(page: Any) -> None:
    """Opening and closing the pane moves the clicked link by no more than a line."""
    place = "return document.querySelector('#e-midsummer .open').getBoundingClientRect().top"
    run(page, "document.querySelector('#e-midsummer .open').scrollIntoView({ block: 'center' })")
    before = run(page, place)
    click(page, "#e-midsummer .open")
    assert abs(run(page, place) - before) < 24
    click(page, "#_pane-close")
    assert abs(run(page, place) - before) < 24


def test_the_pane_walks_through_the_evidence_and_closes(page: Any) -> None:
    """Next and previous move the highlight, the entries on the words are named, Esc gives the focus back."""
    from selenium.webdriver.common.keys import Keys

    run(page, "document.querySelector('#e-wait .open').focus()")
    press(page, Keys.ENTER)
    first = shown_words(page)
    assert "Statement by Anna Berg" in page.find_element("id", "_pane-entries").text
    assert page.find_element("id", "_pane-place").text == "1 of 9"
    press(page, "n")
    assert shown_words(page) == ["Sudmark withdraw its patrol boats from the Skerry Strait"]
    press(page, "p")
    assert shown_words(page) == first
    press(page, Keys.ESCAPE)
    assert not page.find_element("id", "_pane").is_displayed()
    assert run(page, "return document.activeElement.closest('.entry').id") == "e-wait"


def test_the_keyboard_alone_reads_the_record(page: Any) -> None:
    """j and k move through the items, o opens the article, / searches, ? lists the keys."""
    from selenium.webdriver.common.keys import Keys

    items = run(page, "return [...document.querySelectorAll('.item')].slice(0, 2).map((it) => it.textContent)")
    press(page, "j")
    assert run(page, "return document.activeElement.textContent") == items[0]
    press(page, "j")
    assert run(page, "return document.activeElement.textContent") == items[1]
    press(page, "k")
    press(page, "o")
    assert page.find_element("id", "_pane").is_displayed() and shown_words(page)
    press(page, Keys.ESCAPE)
    press(page, "/")
    assert run(page, "return document.activeElement.id") == "_search"
    page.switch_to.active_element.send_keys(Keys.TAB)
    press(page, "?")
    assert run(page, "return document.getElementById('_help').open")
    press(page, Keys.ESCAPE)
    assert not run(page, "return document.getElementById('_help').open")


def test_every_stop_of_the_keyboard_can_be_seen(page: Any) -> None:
    """The first stops of Tab, the skip link first, show an outline."""
    from selenium.webdriver.common.keys import Keys

    for stop in range(8):
        press(page, Keys.TAB)
        active = page.switch_to.active_element
        assert active.value_of_css_property("outline-style") != "none"
        assert stop or "Skip" in active.text


def test_search_leaves_what_fits(page: Any) -> None:
    """The search keeps the items that hold all its words, whatever their accents and case."""
    page.find_element("id", "_search").send_keys("TRAWLER havsula")
    shown = wait_for(page, "found", "items shown")
    assert re.match(r"\d+ of \d+ items shown", shown)
    assert page.find_element("id", "e-trawler").is_displayed()
    assert not page.find_element("id", "e-care").is_displayed()
    assert not page.find_element("id", "_meetings").is_displayed()
    page.find_element("id", "_search").send_keys(" zeppelin")
    assert wait_for(page, "found", "Nothing")


def wait_for(browser: Any, element: str, words: str) -> str:
    from selenium.webdriver.support.ui import WebDriverWait

    def ready(driver: Any) -> str | None:
        text = str(driver.find_element("id", f"_{element}").text)
        return text if words in text else None

    return str(WebDriverWait(browser, 10).until(ready))


def test_the_timeline_filters_by_kind_and_party(page: Any) -> None:
    """Chosen kinds and a chosen party leave their rows, and only theirs, in the timeline."""
    click(page, ".toggle[data-kind='answer']")
    kinds = "return [...document.querySelectorAll('.row:not(.left-out)')].map((row) => row.dataset.kind)"
    assert set(run(page, kinds)) == {"answer"}
    run(
        page, "const s = document.getElementById('_party'); s.value = 'a-council'; s.dispatchEvent(new Event('change'))"
    )
    assert run(page, "return [...document.querySelectorAll('.row:not(.left-out) .what a')].map((a) => a.hash)") == [
        "#e-due-time"
    ]
    click(page, ".toggle[data-kind='answer']")
    assert set(run(page, kinds)) > {"answer", "meeting"}


@pytest.mark.parametrize("fragment", ["#e-ultimatum", "#a-vasq", "#t-long", "#i-observers", "#d-crew"])
def test_an_address_leads_to_its_item(page: Any, folder: Path, fragment: str) -> None:
    """A deep link brings its element into view."""
    visit(page, folder / "record.html", fragment)
    assert comes_into_view(page, fragment)


def test_an_address_of_words_opens_the_article(page: Any, folder: Path) -> None:
    """A deep link to a place in an article opens the pane at it."""
    span = make_record().entries[1].reports[0].spans.content[0]
    visit(page, folder / "record.html", f"#{span.text}~{span.start}-{span.end}")
    assert shown_words(page) == [span.exact]


def test_without_scripts_the_same_links_jump_to_the_words(page: Any, folder: Path) -> None:
    """With scripts off everything is there, and a link ends at the marked words in the article."""
    from selenium.webdriver.common.keys import Keys

    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit(page, folder / "record.html")
        link = page.find_element("css selector", "#e-waters .open")
        place = link.get_attribute("href").partition("#")[2]
        assert not page.find_element("id", "_search").is_displayed()
        link.send_keys(Keys.ENTER)
        mark = page.find_element("id", place).find_element("xpath", "..")
        assert mark.text.startswith("Our boats are in our own waters")
        assert 0 <= mark.rect["y"] - run(page, "return scrollY") < 900
        plain = page.find_element("css selector", "mark.main:not(:has(> i:target))")
        colours = [it.value_of_css_property("background-color") for it in (mark, plain)]
        assert colours[0] != colours[1]
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [390, 320, 768, 1280])
def test_nothing_runs_off_the_side(page: Any, width: int) -> None:
    """No width needs a horizontal scroll, with the pane closed or open."""
    size(page, width, 844)
    assert run(page, "return document.documentElement.scrollWidth") <= width
    click(page, "#e-thrice .open")
    assert run(page, "return document.documentElement.scrollWidth") <= width
    assert run(page, "return document.getElementById('_pane').getBoundingClientRect().right") <= width


def test_on_a_phone_the_pane_keeps_the_focus(page: Any) -> None:
    """While the sheet covers a phone's page, what lies beneath cannot be reached."""
    size(page, 390, 844)
    click(page, "#e-thrice .open")
    assert run(page, "return document.querySelector('.sheet').inert")
    click(page, "#_pane-close")
    assert not run(page, "return document.querySelector('.sheet').inert")


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(page: Any, scheme: str) -> None:
    """Every text that is seen reaches a contrast of 4.5 to 1 on its ground, in both themes."""
    media(page, scheme)
    click(page, "#e-thrice .open")
    script = """
      const pairs = new Map();
      for (const it of document.querySelectorAll('body *')) {
        if (![...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        if (!it.getClientRects().length) continue;
        let ground = it;
        while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
        const back = getComputedStyle(ground || document.documentElement).backgroundColor;
        pairs.set(getComputedStyle(it).color + '|' + back, it.className || it.tagName);
      }
      return [...pairs];"""
    pairs = run(page, script)
    assert len(pairs) > 8
    for pair, where in pairs:
        light, dark = sorted((luminance(colour) for colour in pair.split("|")), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (pair, where)


def test_the_theme_can_be_turned(page: Any) -> None:
    """The button shows the other theme than the one that is seen."""
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    before = run(page, ground)
    click(page, "#_theme")
    after = run(page, ground)
    assert luminance(before) > 0.5 > luminance(after)
    click(page, "#_theme")
    assert run(page, ground) == before
    run(page, "localStorage.clear()")


def test_on_paper_every_quotation_has_its_article_and_offsets(page: Any) -> None:
    """Print media show the evidence with file and offsets, unfolded, and hide the controls."""
    media(page, "light", "print")
    run(page, "dispatchEvent(new Event('beforeprint'))")
    cite = page.find_element("css selector", "#e-withdraw .more .cite")
    assert cite.is_displayed() and re.search(r"long\.txt, characters \d+–\d+", cite.text)
    for selector in (".rail", ".filters", "#_articles"):
        assert not page.find_element("css selector", selector).is_displayed()


def test_hostile_strings_do_nothing(page: Any, folder: Path) -> None:
    """Markup and scripts in every field of a record are words on the page; the pane shows them as they are."""
    visit(page, folder / "hostile" / "record.html")
    assert "broken" not in page.title.replace("document.title='broken'", "")
    assert (
        run(page, "return document.querySelectorAll('main script, main img, main b:not(.piece, .legend b)').length")
        == 0
    )
    click(page, "#e-1 .open")
    spans = make_hostile_record().entries[0].reports[0].spans.content
    assert sorted(shown_words(page)) == sorted(make_harmless(span.exact) for span in spans)


def test_a_large_record_stays_usable(page: Any, tmp_path: Path) -> None:
    """Five thousand entries in over five hundred articles open, search and read, past the first file too."""
    write_page(make_large_record(), tmp_path)
    visit(page, tmp_path / "record.html")
    page.find_element("id", "_search").send_keys("harbour 17-3.")
    assert wait_for(page, "found", "shown").startswith("18 of")
    click(page, "#e-17\\.3 .open")
    assert shown_words(page) == ["State 3 asks for lower dues in harbour 17-3."]
    run(page, "document.querySelector('#e-515\\\\.2 .open').click()")
    assert page.current_url.partition("#")[0].endswith("record-articles-2.html")
    assert run(page, "return document.querySelector('mark.shown').textContent") == (
        "State 2 asks for lower dues in harbour 515-2."
    )
