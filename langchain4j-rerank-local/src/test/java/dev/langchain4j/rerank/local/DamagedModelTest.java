package dev.langchain4j.rerank.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with changed bytes, in a process of their own: an exception or finite scores, never a crash of the process. */
class DamagedModelTest {

    /** The first of them found a template that ended the process in the tokenizer's native library. */
    @ParameterizedTest
    @ValueSource(longs = {10845550596595L, 1, 2})
    void a_damaged_file_does_not_take_the_process_down(long seed, @TempDir Path directory)
            throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ErrorFile=" + directory.resolve("crash.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        directory.toString(),
                        Long.toString(seed))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(directory.resolve("errors.log").toFile())
                .start();

        assertThat(program.waitFor())
                .as("seed %d: %s", seed, Files.readString(directory.resolve("errors.log")))
                .isZero();
    }

    static final class Program {

        private static final int VARIANTS = 40;

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Random random = new Random(Long.parseLong(arguments[1]));
            for (String damaged : List.of("model.onnx", "tokenizer.json")) {
                for (String file : List.of("model.onnx", "tokenizer.json")) {
                    Files.write(directory.resolve(file), original(file));
                }
                for (int variant = 0; variant < VARIANTS; variant++) {
                    Files.write(directory.resolve(damaged), damage(original(damaged), random));
                    score(directory);
                }
            }
        }

        private static byte[] original(String file) throws IOException {
            return Files.readAllBytes(TestModels.directory("bert").resolve(file));
        }

        private static byte[] damage(byte[] bytes, Random random) {
            int changes = 1 + random.nextInt(5);
            for (int change = 0; change < changes; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            return bytes;
        }

        private static void score(Path directory) {
            try (CrossEncoderScoringModel model = CrossEncoderScoringModel.builder()
                    .modelPath(directory)
                    .maxLength(96)
                    .build()) {
                double score =
                        model.score(TextSegment.from("a passage"), "a query").content();
                if (!Double.isFinite(score)) {
                    throw new AssertionError("not finite: " + score);
                }
            } catch (LocalModelException expected) {
                // said what is wrong
            }
        }
    }
}
