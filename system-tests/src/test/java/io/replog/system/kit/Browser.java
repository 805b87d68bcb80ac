package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A real browser without a window. What a test asks of a page it asks by scripts, which never meet
/// an element that was just replaced.
public final class Browser implements AutoCloseable {

  /// `-Dreplog.screenshots=true` has [#keep] write pictures.
  private static final boolean KEEPS = Boolean.getBoolean("replog.screenshots");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// Starts one, or skips the test where there is none.
  public static Browser start() {
    Tools.require("chromium", "chromium");
    Tools.require("chromedriver", "chromium-driver");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Programs.path("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options());
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return new Browser(driver);
  }

  private static ChromeOptions options() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Programs.path("chromium").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars");
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  public void open(String url) {
    driver.get(url);
  }

  /// Gives the page so much room, in its own pixels.
  public void resize(int width, int height) {
    Object result =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    if (result == null) {
      throw new IllegalStateException("the browser does not say that it did");
    }
  }

  /// What a function of this body returns.
  public Object script(String body, Object... arguments) {
    return driver.executeScript(body, arguments);
  }

  /// What a function of this body gives to the one that is its last argument.
  public Object scriptLater(String body) {
    return driver.executeAsyncScript(body);
  }

  public boolean holds(String condition, Object... arguments) {
    return Boolean.TRUE.equals(script("return Boolean(" + condition + ")", arguments));
  }

  /// What a person reads there, empty when nothing is.
  public String text(String selector) {
    return String.valueOf(
        script("return document.querySelector(arguments[0])?.innerText ?? ''", selector));
  }

  /// Waits until a person reads this there.
  public void awaitText(String selector, String part) {
    TestCluster.await(
        "%s says \"%s\"".formatted(selector, part), () -> text(selector).contains(part));
  }

  /// Presses keys in an element.
  public void type(String selector, CharSequence... keys) {
    driver.findElement(By.cssSelector(selector)).sendKeys(keys);
  }

  /// Presses keys wherever the focus is.
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /// What scripts and the browser complained of since the last time.
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /// Keeps a picture for the documents, where that was asked for.
  public void keep(String name) {
    if (!KEEPS) {
      return;
    }
    script("scrollTo(0, 0)");
    try {
      Path pictures = Files.createDirectories(Repository.root().resolve("docs/pictures"));
      Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
