package dev.langchain4j.rerank.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts applications like their main method. */
final class Application {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Application() {}

    /** Starts an application without a web server. */
    static ConfigurableApplicationContext start(Class<?> application, String... properties) {
        return start(WebApplicationType.NONE, application, properties);
    }

    /** Starts an application with a web server on a free port of this machine. */
    static ConfigurableApplicationContext startWeb(Class<?> application, String... properties) {
        return start(
                WebApplicationType.SERVLET,
                application,
                Stream.concat(Stream.of("server.port=0", "server.address=127.0.0.1"), Arrays.stream(properties))
                        .toArray(String[]::new));
    }

    private static ConfigurableApplicationContext start(
            WebApplicationType type, Class<?> application, String... properties) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(type);
        spring.setRegisterShutdownHook(false);
        return spring.run(Stream.of(properties).map("--"::concat).toArray(String[]::new));
    }

    /** Returns the output of an actuator. */
    static String actuator(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        String address = "http://127.0.0.1:%s/actuator/%s"
                .formatted(application.getEnvironment().getProperty("local.server.port"), path);
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
