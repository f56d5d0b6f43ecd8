"""Opens pages, which must ask for nothing and complain of nothing: python look.py BROWSER PAGE..."""

import sys

from browsers import faults_of, opened

with opened(sys.argv[1]) as (page, _):
    faults = faults_of(page)
    # What the eyes of this test would not see if they were shut.
    page.set_content("<img src='http://example.invalid/x.png'><script>setTimeout(() => { throw new Error('seen') })</script>")
    page.wait_for_timeout(300)
    assert any("seen" in fault for fault in faults) and any("example.invalid" in fault for fault in faults), faults
    faults.clear()
    for file in sys.argv[2:]:
        page.goto("file://" + file)
        page.wait_for_load_state("load")
        page.screenshot(path=file + ".png", full_page=True)
        assert page.evaluate("document.body.innerText.trim().length") > 100, file
        # Nothing is wider than the paper or the window.
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), file
    assert not faults, faults
