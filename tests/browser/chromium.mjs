// Chromium, and what a page may not do in it.
import { chromium } from "playwright-core";

/** A browser with a profile of its own, which Playwright makes afresh and removes. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/**
 * Watches a page. What it returns grows by a line for each message on the console, exception, violation of the page's
 * policy, request that fails, and request that leads elsewhere than to `home` (an origin, or `file://`).
 */
export async function watched(page, home) {
  const faults = [];
  const note = (text) => faults.push(`${page.url()}: ${text}`);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(`console: ${message.text()}`));
  page.on("pageerror", (error) => note(`exception: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(home) || request.url().startsWith("data:") || note(`asks ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && note(`${response.status()} for ${response.url()}`));
  page.on("requestfailed", (request) => {
    const isLeft = request.failure()?.errorText === "net::ERR_ABORTED"; // a stream or a load that a navigation ended
    if (!isLeft) note(`${request.failure()?.errorText} for ${request.url()}`);
  });
  await page.exposeFunction("violated", (text) => note(`policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => window.violated(`${event.violatedDirective} ${event.blockedURI}`));
  });
  return faults;
}

/** Presses Tab until an element that matches has the focus; fails after `most` presses. */
export async function tabTo(page, selector, most = 200) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never reached ${selector}`);
}
