"""Walks a page of the review by keys alone: python walk.py BROWSER PAGE WORK PICTURE. Says what it measured."""

import sys
import time

from browsers import faults_of, opened, saved

browser_file, page_file, work_file, picture_file = sys.argv[1:5]


def done(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => /:\\d+$/.test(key)).length")


with opened(browser_file) as (page, downloads):
    faults = faults_of(page)
    start = time.time()
    page.goto("file://" + page_file)
    page.wait_for_selector(".row")
    print(f"shown after {time.time() - start:.2f} s")
    start = time.time()
    for index in range(200):
        if index % 10 == 5:  # a slip: put right
            page.keyboard.press("e")
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(f"直した{index}")
            page.keyboard.press("Enter")
        elif index % 50 == 7:  # wrong, taken back, then right
            page.keyboard.press("w")
            page.keyboard.press("u")
            page.keyboard.press("r")
        elif index % 50 == 9:
            page.keyboard.press("x")
        else:
            page.keyboard.press("r")
        if index == 100:  # the browser was closed over lunch
            assert done(page) == 101, done(page)
            page.reload()
            page.wait_for_selector(".row")
            assert done(page) == 101, done(page)
    print(f"200 values in {time.time() - start:.1f} s")
    assert done(page) == 200, done(page)
    # A screen reader hears where it is.
    said = page.locator("#say").text_content()
    assert said.startswith("201 / "), said
    chosen = page.locator("#list").get_attribute("aria-activedescendant")
    assert page.locator("#" + chosen).get_attribute("aria-posinset") == "201"
    # From the middle of a long list to a short one.
    page.fill("#search", "goals-ruled.pdf")
    assert page.locator(".row").count() > 5
    page.fill("#search", "")
    page.fill("#reader", "山田")
    saved(page, downloads, lambda: page.click("#save"), work_file)
    page.screenshot(path=picture_file)
    # A link from elsewhere names a record.
    named = "const item = JSON.parse(document.getElementById('data').textContent)"
    wanted = page.evaluate(f"() => {{ {named}; const i = item.items[150]; return item.sheets[i.sheet].sha256.slice(0, 16) + i.pointer; }}")
    page.goto("about:blank")
    page.goto("file://" + page_file + "#" + wanted)
    page.wait_for_selector(".row")
    assert page.locator("#say").text_content().startswith("151 / "), page.locator("#say").text_content()
    assert not faults, faults
