"""Opens a page in Chromium or Firefox as the office has them installed, by the name of the program."""

import contextlib
import pathlib
import shutil
import tempfile
import time

from playwright.sync_api import sync_playwright

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Firefox asks its makers for much that is new; nothing of it is the page's.
FIREFOX = {"app.normandy.enabled": False, "datareporting.policy.dataSubmissionEnabled": False, "network.captive-portal-service.enabled": False}


@contextlib.contextmanager
def opened(program):
    """A page of an empty profile, and the folder of what it saves where the driver does not say when it is saved."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        is_firefox = "firefox" in pathlib.Path(program).name
        if is_firefox:  # as Debian builds it, by WebDriver BiDi
            browser = playwright.firefox.launch(
                channel="moz-firefox", executable_path=program, downloads_path=folder, firefox_user_prefs=FIREFOX
            )
        else:
            browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        yield context.new_page(), pathlib.Path(folder) if is_firefox else None
        browser.close()


def faults_of(page):
    """Fills while the page is used: what it says is wrong, and every address outside of its files that it asks for."""
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:", "about:")) else faults.append(request.url))
    return faults


def saved(page, folder, save, to):
    """Does what saves a file, and puts it in its place."""
    if folder is None:
        with page.expect_download() as download:
            save()
        download.value.save_as(to)
        return
    before = set(folder.iterdir())
    save()
    end = time.time() + 20
    while time.time() < end:
        new = [path for path in folder.iterdir() if path not in before and path.suffix == ".json" and path.stat().st_size]
        if new and not list(folder.glob("*.part")):
            shutil.move(new[0], to)
            return
        time.sleep(0.05)
    raise AssertionError("nothing was saved")
