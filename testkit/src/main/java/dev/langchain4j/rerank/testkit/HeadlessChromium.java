package dev.langchain4j.rerank.testkit;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A headless Chromium for tests that inspect the elements of a page. Install Debian's packages {@code chromium}, {@code
 * chromium-driver} and {@code fonts-dejavu-core}: browser and driver have matching versions, and nothing is downloaded.
 * It runs without a sandbox and is only for pages of this project.
 */
public final class HeadlessChromium implements AutoCloseable {

    private final ChromeDriver driver;

    private HeadlessChromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a browser. If there is none, skips the calling test with a message, or fails it if the environment
     * variable {@code RERANK_REQUIRE_BROWSER} is {@code true}.
     */
    public static HeadlessChromium require() {
        Optional<File> browser = executable("chromium");
        Optional<File> driver = executable("chromedriver");
        if (browser.isPresent() && driver.isPresent()) {
            return new HeadlessChromium(start(browser.get(), driver.get()));
        }
        String message =
                "no chromium or no chromedriver on the PATH: apt-get install chromium chromium-driver fonts-dejavu-core";
        if (Boolean.parseBoolean(System.getenv("RERANK_REQUIRE_BROWSER"))) {
            throw new AssertionError(message + " (RERANK_REQUIRE_BROWSER=true)");
        }
        return Assumptions.abort(message);
    }

    private static ChromeDriver start(File browser, File driver) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        // the sandbox does not work as root, and /dev/shm is small in containers
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        return new ChromeDriver(service, options);
    }

    private static Optional<File> executable(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }

    /** Returns the driver, which finds and operates elements. */
    public ChromeDriver driver() {
        return driver;
    }

    /**
     * Opens a page.
     *
     * @param width width of the window in pixels, which may be below 500, the minimum of a desktop window
     * @param height height of the window in pixels
     * @param dark whether to prefer a dark colour scheme
     */
    public void open(URI page, int width, int height, boolean dark) {
        resize(width, height);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get(page.toString());
    }

    /** Changes the size of the window, like rotating a phone. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Returns a screenshot of the window, as PNG. */
    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Returns the result of a function body that runs in the page; null if it returns nothing. */
    public @Nullable Object evaluate(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
