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
 * Chromium without a window, for tests that look at the elements of a page. Take Debian's packages {@code chromium},
 * {@code chromium-driver} and {@code fonts-dejavu-core}: browser and driver fit together, and nothing is downloaded. It
 * has no sandbox and is only for pages of our own.
 */
public final class HeadlessChromium implements AutoCloseable {

    private final ChromeDriver driver;

    private HeadlessChromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a browser. Where there is none the calling test is skipped with a message, or fails if the environment
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
        // as root there is no sandbox, and in a container /dev/shm is small
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

    /** The driver, to find and to use elements with. */
    public ChromeDriver driver() {
        return driver;
    }

    /**
     * Looks at a page.
     *
     * @param width of the window in pixels, also below the 500 that a desktop's window has at least
     * @param height of the window in pixels
     * @param dark whether the reader prefers a dark colour scheme
     */
    public void open(URI page, int width, int height, boolean dark) {
        resize(width, height);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get(page.toString());
    }

    /** Gives the window another size, as turning a phone does. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the window shows, as PNG. */
    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** The answer of a function body that runs in the page; null if it returns nothing. */
    public @Nullable Object evaluate(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
