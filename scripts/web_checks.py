#!/usr/bin/env python3
"""The page in headless Chromium: web_checks.py PROGRAM FOLDER [SCREENSHOTS]. Run by scripts/test-web."""
import json
import os
import sys
import time

import axe_core_python
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from served import HOSTILE, make_library, serving

AXE = open(os.path.join(os.path.dirname(axe_core_python.__file__), "axe.min.js")).read()
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit(f"web_checks: {what}")
    passed += 1


class Browser:
    """One Chromium window of a size, a language and a color scheme."""

    def __init__(self, address, language="en", is_dark=False, size=(1440, 900), has_script=True, shots=None):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         f"--lang={language}"]:
            options.add_argument(argument)
        preferences = {"intl.accept_languages": language}
        if not has_script:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.name = f"{language}-{'dark' if is_dark else 'light'}-{size[0]}"
        self.address, self.shots = address, shots
        self.set_size(size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def set_size(self, size):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 600})

    def open(self, path=""):
        self.driver.get(self.address + path)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, selector, count=1):
        """Waits for elements that can be seen."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                found = [one for one in self.all(selector) if one.is_displayed()]
                if len(found) >= count:
                    return found
            except Exception:  # noqa: BLE001 - the page changed between two looks
                pass
            time.sleep(0.05)
        self.shot("failure")
        sys.exit(f"web_checks: {self.name}: {selector} did not appear")

    def keys(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def focus(self):
        return self.driver.execute_script("return document.activeElement.id")

    def shot(self, name):
        if self.shots:
            self.driver.save_screenshot(os.path.join(self.shots, f"{self.name}-{name}.png"))

    def look(self, name):
        """Checks a view: nothing beyond the edge, nothing that axe objects to; a screenshot if wanted."""
        self.shot(name)
        width, room = self.driver.execute_script(
            "return [document.documentElement.scrollWidth, innerWidth]")
        check(width <= room, f"{self.name} {name}: {width} pixels wide in {room}")
        self.driver.execute_script(AXE)
        found = self.driver.execute_async_script(
            "axe.run().then((r) => arguments[arguments.length - 1](r.violations.map("
            "(v) => [v.id, v.nodes.map((n) => n.target + ' ' + n.failureSummary)])))")
        check(not found, f"{self.name} {name}: {json.dumps(found, indent=1)}")

    def close(self, what):
        """Ends the browser; its console must be empty."""
        said = self.driver.get_log("browser")
        self.driver.quit()
        check(not said, f"{self.name} {what}: the console says {said}")


def whole_way(browser):
    """Search, read, ask, follow up, look at the library: with keys only."""
    browser.open()
    browser.wait("#empty")
    check(browser.focus() == "query", "the search box has the focus")
    browser.look("start")
    browser.keys("revisión de la bomba")
    browser.wait(".hit")
    check(browser.all(".hit mark"), "words are marked")
    browser.look("search")
    browser.keys(Keys.ARROW_DOWN, Keys.ENTER)
    browser.wait(".passage.marked")
    check("seis meses" in browser.find(".passage.marked").text, "the passage is marked")
    browser.look("reader")
    browser.keys("n")
    browser.wait(".passage.marked")
    browser.keys("s")
    browser.wait("#similarList .source")
    browser.look("similar")
    browser.keys(Keys.ESCAPE)
    check(not browser.find("#reader").is_displayed(), "Escape closes the reader")
    browser.keys("/", "¿Cada cuánto se revisa la bomba del sótano?")
    browser.wait(".hit")
    browser.keys(Keys.ENTER)
    claim = browser.wait(".turn .claim")[0]
    check("cada seis meses" in claim.text and browser.all(".turn .standing"), f"claim: {claim.text}")
    browser.look("answer")
    browser.driver.execute_script("arguments[0].focus()", browser.find(".turn sup button"))
    browser.keys(Keys.ENTER)
    browser.wait(".passage.marked mark")
    check("cada seis meses" in browser.find(".passage.marked mark").text, "the quotation is marked")
    browser.keys(Keys.ESCAPE)
    browser.driver.execute_script("document.getElementById('followUp').focus()")
    browser.keys("What is the capital of Mongolia?", Keys.ENTER)
    browser.wait(".turn .note", 2)
    refusal = browser.all(".turn")[1]
    check(refusal.find_elements(By.CSS_SELECTOR, ".source"), "a refusal has the nearest passages")
    browser.find("#saveTalk").click()
    until(browser, "#talkNote", "i")
    check(not browser.find("#saveTalk").is_displayed(), "what is saved is saved once")
    browser.look("refusal")
    browser.driver.execute_script("document.activeElement.blur()")
    browser.keys("l")
    browser.wait("#documents li", 3)
    browser.look("library")
    browser.keys("?")
    browser.wait("#help")
    browser.look("help")
    browser.keys(Keys.ESCAPE)
    browser.keys(Keys.ESCAPE)
    check(browser.find("#searchView").is_displayed(), "Escape leaves the library")


def pages_of_pdf(browser):
    browser.open()
    browser.wait("#query")
    browser.keys("safety valve of the boiler")
    browser.wait(".hit")
    browser.keys(Keys.ARROW_DOWN, Keys.ENTER)
    browser.wait("#asPage")[0].click()
    browser.wait(".sheet .box")
    check(browser.driver.execute_async_script(
        "const image = document.querySelector('.sheet img'), done = arguments[0];"
        "if (image.complete) done(image.naturalWidth); else image.onload = () => done(image.naturalWidth)"
    ) == 1200, "the page is a picture")
    browser.look("page")


def filters(browser):
    browser.open()
    browser.keys("the")
    browser.wait(".hit")
    browser.find("#filters summary").click()
    chip = next(one for one in browser.wait("#facets .chip") if one.get_attribute("title") == "pdf")
    chip.click()
    browser.wait("#facets .chip[aria-pressed=true]")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        paths = [one.text for one in browser.all(".document > .path")]
        if len(paths) == 1 and paths[0].endswith("boiler.pdf"):
            break
        time.sleep(0.05)
    else:
        sys.exit(f"web_checks: the filter leaves {paths}")
    browser.look("filters")


def without_script(address, shots):
    browser = Browser(address, "es", has_script=False, shots=shots)
    browser.open("search?q=bomba")
    check("Buscar" in browser.find("button").text, "Spanish without a script")
    browser.find(".hit a").click()
    check("seis meses" in browser.find(".document").text and browser.all(".passage.marked"), "reading")
    browser.find("#query").send_keys("lawn mower", Keys.ENTER)
    check(browser.wait(".hit"), "searching again")
    browser.shot("plain")
    browser.close("without a script")


def folders(browser, place):
    """Add a folder, hand in a file, refresh, remove: with keys only where a person would use keys."""
    folder = os.path.join(place, "more")
    os.makedirs(folder)
    with open(os.path.join(folder, "roof.md"), "w", encoding="utf-8") as file:
        file.write("# Roof\n\nThe gutter on the roof is cleaned every November.\n")
    browser.open()
    browser.wait("#query")
    browser.driver.execute_script("document.activeElement.blur()")
    browser.keys("l")
    browser.wait("#folderPath")[0].send_keys(folder[:-2])
    browser.wait("#folderForm")
    end = time.monotonic() + 30
    while folder not in [one.get_attribute("value") for one in browser.all("#folderList option")]:
        check(time.monotonic() < end, "the path is completed")
        time.sleep(0.05)
    browser.find("#folderPath").send_keys("re", Keys.ENTER)
    until(browser, "#jobs .job .facts", "1 new")
    until(browser, "#collections", folder)
    browser.look("folders")
    browser.find("#folderPath").send_keys("/no/such/folder", Keys.ENTER)
    until(browser, "#jobNote", "/no/such/folder")
    browser.driver.get_log("browser")  # The refusal stands there, and has been seen.
    handed = os.path.join(place, "handed-in.txt")
    with open(handed, "w", encoding="utf-8") as file:
        file.write("The fuse box hangs in the corridor.\n")
    browser.find("#files").send_keys(handed)
    until(browser, "#jobs", "Inbox")
    until(browser, "#collections", "Inbox")
    browser.keys(Keys.ESCAPE, "/", "fuse box")
    until(browser, "#results", "corridor")
    browser.keys(Keys.ESCAPE, Keys.ESCAPE)
    browser.driver.execute_script("document.activeElement.blur()")
    browser.keys("l")
    section = next(one for one in browser.wait("#collections section", 3) if folder in one.text)
    section.find_elements(By.CSS_SELECTOR, ".line .link")[1].click()
    browser.driver.switch_to.alert.accept()
    end = time.monotonic() + 30
    while folder in browser.find("#collections").text:
        check(time.monotonic() < end, "the folder is removed")
        time.sleep(0.05)
    check(os.path.exists(os.path.join(folder, "roof.md")), "its files stay")
    browser.find("#saved summary").click()
    browser.wait("#savedList li", 2)
    saved = next(one for one in browser.wait("#savedList li", 2) if "bomba" in one.text)
    saved.find_element(By.CSS_SELECTOR, "summary").click()
    saved.find_element(By.CSS_SELECTOR, ".line .link").click()
    until(browser, "#savedList .facts", "still stands")
    browser.look("saved")
    browser.keys(Keys.ESCAPE)


def until(browser, selector, text):
    """Waits until an element has a text."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if any(text in one.text for one in browser.all(selector)):
            return
        time.sleep(0.05)
    browser.shot("failure")
    found = [one.text for one in browser.all(selector)]
    sys.exit(f"web_checks: {browser.name}: {selector} says {found} and not {text}")


def hostile_documents(browser):
    """What stands in documents and names is text on every view."""
    title = browser.driver.title
    browser.open()
    browser.keys("hostilities")
    browser.wait(".hit", 10)
    while browser.find("#moreHits").is_displayed():
        count = len(browser.all(".hit"))
        browser.find("#moreHits").click()
        browser.wait(".hit", count + 1)
    for number in range(len(browser.all(".hit"))):
        if browser.find("#reader").is_displayed():
            browser.find("#closeReader").click()
        link = browser.all(".hit .open")[number]
        browser.driver.execute_script("arguments[0].click()", link)
        browser.wait(".passage.marked")
    for name in ["1.txt", "onerror"]:
        browser.open("api/v1/documents?path=*" + name)
    browser.open("search?q=" + "%3Cscript%3Edocument.title%3D%27owned%27%3C/script%3E")
    for number in range(len(HOSTILE)):
        browser.open(f"search?q=hostilities+{number}")
        browser.find(".hit a").click()
        check("owned" not in browser.driver.title and browser.all(".passage"), "a plain page")
    check("owned" not in browser.driver.title and title is not None, "no script of a document ran")


def main():
    program, folder = sys.argv[1:3]
    shots = sys.argv[3] if len(sys.argv) > 3 else None
    if shots:
        os.makedirs(shots, exist_ok=True)
    library = make_library(program, folder)
    beside = folder + "-beside"
    os.makedirs(beside)
    with serving(program, library, "--inbox", os.path.join(beside, "Inbox")) as address:
        for language, is_dark, size in [
            ("en", False, (1440, 900)), ("es", True, (320, 700)), ("es", False, (768, 1024)),
            ("en", True, (1440, 900)),
        ]:
            browser = Browser(address, language, is_dark, size, shots=shots)
            whole_way(browser)
            browser.close("the whole way")
        browser = Browser(address, "en", False, (1440, 900), shots=shots)
        pages_of_pdf(browser)
        filters(browser)
        hostile_documents(browser)
        browser.close("documents")
        for number, (language, is_dark, size) in enumerate([("en", False, (1440, 900)), ("en", True, (320, 700))]):
            browser = Browser(address, language, is_dark, size, shots=shots)
            place = os.path.join(beside, str(number))
            os.makedirs(place)
            folders(browser, place)
            browser.close("folders")
        without_script(address, shots)
    print(f"web_checks: {passed} passed, 0 failed")


main()
