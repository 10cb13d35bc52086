package dev.langchain4j.rerank.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A check of the public API of a module against {@code api.txt} in its folder, which contains one line per accessible
 * type or member, so that API changes are visible in review. {@code internal} packages are not part of the API. {@code
 * -Dapi.update=true} rewrites the file.
 */
public final class PublicApi {

    private PublicApi() {}

    /**
     * Compares the API of the module with {@code api.txt} in the working directory.
     *
     * @param member any class of the module
     */
    public static void assertUnchanged(Class<?> member) {
        String api = of(member);
        Path file = Path.of("api.txt");
        try {
            if (Boolean.getBoolean("api.update")) {
                Files.writeString(file, api);
            }
            assertThat(api)
                    .as("the API; if the change is intended, run this test with -Dapi.update=true and commit api.txt")
                    .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String of(Class<?> member) {
        StringBuilder text = new StringBuilder();
        types(member).filter(PublicApi::isUsable).forEach(type -> describe(type, text));
        return text.toString();
    }

    private static Stream<Class<?>> types(Class<?> member) {
        try {
            Path root = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files
                        .map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                        .sorted()
                        .<Class<?>>map(file -> load(file, member.getClassLoader()))
                        .toList()
                        .stream();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String file, ClassLoader loader) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isUsable(Class<?> type) {
        boolean internal = (type.getPackageName() + ".").contains(".internal.");
        return !internal
                && isUsable(type.getModifiers())
                && (type.getEnclosingClass() == null || isUsable(type.getEnclosingClass()));
    }

    private static boolean isUsable(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, StringBuilder text) {
        text.append(deprecation(type))
                .append(type.toGenericString())
                .append(parents(type))
                .append('\n');
        Stream.of(
                        lines(withHidden(type).map(Class::getDeclaredFields), Field::toGenericString),
                        lines(Stream.of(type).map(Class::getDeclaredConstructors), Constructor::toGenericString),
                        lines(withHidden(type).map(Class::getDeclaredMethods), Method::toGenericString))
                .flatMap(List::stream)
                .forEach(line -> text.append("  ").append(line).append('\n'));
    }

    /** Returns a type and its inaccessible superclasses, whose members users see as members of the type. */
    private static Stream<Class<?>> withHidden(Class<?> type) {
        return Stream.iterate(
                type, parent -> parent != null && (parent == type || !isUsable(parent)), Class::getSuperclass);
    }

    private static String parents(Class<?> type) {
        List<String> parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(parent -> parent.getTypeName())
                .filter(Predicate.not("java.lang.Object"::equals))
                .toList();
        return parents.isEmpty() ? "" : " : " + String.join(", ", parents);
    }

    private static <M extends Member> List<String> lines(Stream<M[]> members, Function<M, String> name) {
        return members.flatMap(Arrays::stream)
                .filter(member -> isUsable(member.getModifiers()) && !member.isSynthetic())
                .map(member -> deprecation((AnnotatedElement) member) + name.apply(member))
                .sorted()
                .toList();
    }

    private static String deprecation(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }
}
