"""Enters what was not read by keys, then reads the report in both languages: python enter.py BROWSER PAGE WORK REPORT."""

import sys

from browsers import faults_of, opened, saved

browser_file, page_file, work_file, report_file = sys.argv[1:5]

with opened(browser_file) as (page, downloads):
    faults = faults_of(page)
    page.goto("file://" + page_file)
    page.wait_for_selector(".row")
    page.select_option("#filter", "none")
    assert page.locator(".row").count() == 3, page.locator(".row").count()
    page.locator(".row").first.click()
    assert "（値がありません）" in page.locator("#value").text_content()
    assert "紙にあれば" in page.locator("#facts").text_content()
    page.keyboard.press("r")  # the number is not on paper either
    page.keyboard.press("e")
    assert page.locator("#text").input_value() == ""
    page.keyboard.insert_text("訪問する")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("電話で聞く")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.insert_text("9月")
    page.keyboard.press("Enter")
    page.fill("#reader", "山田")
    saved(page, downloads, lambda: page.click("#save"), work_file)
    page.click("#lang")
    assert "(no value)" in page.locator(".row").first.text_content()

    page.goto("file://" + report_file)
    shown = lambda: page.evaluate("document.body.innerText")
    assert "文書変換 検査報告書" in shown() and "Audit report on" not in shown()
    page.check("#in-en")
    assert "Audit report on" in shown() and "検査報告書" not in shown()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if "firefox" not in browser_file:  # whose driver does not show pages as they are printed
        page.emulate_media(media="print")
        assert not page.locator("#in-en").is_visible() and "Seal (SHA-256)" in shown()
    assert not faults, faults
