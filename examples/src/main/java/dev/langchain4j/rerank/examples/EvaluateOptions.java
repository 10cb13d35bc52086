package dev.langchain4j.rerank.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code ./demo evaluate}.
 *
 * @param budget time budget of one reranking, at the 95th percentile
 * @param directory a BEIR collection; null for the passages of the example
 * @param run a TREC run file with candidates for it; null to search for them
 * @param queries maximum number of its judged queries
 */
record EvaluateOptions(
        Duration budget, @Nullable Path directory, @Nullable Path run, int queries) {

    private static final String USAGE = "./demo evaluate [--budget 300ms] [--queries 50] [--run FILE] [BEIR-DIRECTORY]";
    private static final Pattern BUDGET = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException if one is unknown or invalid; the message names it
     */
    static EvaluateOptions of(List<String> arguments, Path workingDirectory) {
        Duration budget = Duration.ofMillis(300);
        Path directory = null;
        Path run = null;
        int queries = 50;
        Iterator<String> rest = arguments.iterator();
        try {
            while (rest.hasNext()) {
                String argument = rest.next();
                switch (argument) {
                    case "--budget" -> budget = budget(rest.next());
                    case "--queries" -> queries = count(rest.next());
                    case "--run" -> run = workingDirectory.resolve(rest.next());
                    default -> {
                        if (argument.startsWith("-") || directory != null) {
                            throw new IllegalArgumentException("unknown argument " + argument + ": " + USAGE);
                        }
                        directory = workingDirectory.resolve(argument);
                    }
                }
            }
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException("the last option needs a value: " + USAGE, e);
        }
        if (run != null && directory == null) {
            throw new IllegalArgumentException(
                    "--run requires the BEIR directory that contains its documents: " + USAGE);
        }
        return new EvaluateOptions(budget, directory, run, queries);
    }

    private static Duration budget(String value) {
        Matcher budget = BUDGET.matcher(value);
        if (!budget.matches() || Integer.parseInt(budget.group(1)) == 0) {
            throw new IllegalArgumentException("--budget must be a time such as 300ms or 2s, got " + value);
        }
        int number = Integer.parseInt(budget.group(1));
        return budget.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    private static int count(String value) {
        if (!COUNT.matcher(value).matches()) {
            throw new IllegalArgumentException("--queries must be a number of at least 1, got " + value);
        }
        return Integer.parseInt(value);
    }
}
