package dev.langchain4j.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FixtureCoverageTest {

    @Test
    void every_file_of_the_fixtures_is_read_by_a_contract_or_never_sent() throws Exception {
        Set<String> read = new TreeSet<>(Fixtures.neverSent().keySet());
        for (RerankProtocolContract contract : contracts()) {
            contract.fixtures().forEach(fixture -> read.add(fixture.id()));
        }

        Set<String> files =
                Fixtures.all().stream().map(Fixtures.Fixture::id).collect(Collectors.toCollection(TreeSet::new));

        assertThat(read).containsAll(files);
    }

    @Test
    void what_is_never_sent_is_a_request_of_the_fixtures() {
        assertThat(Fixtures.all().stream()
                        .filter(fixture -> fixture.kind().equals("request"))
                        .map(Fixtures.Fixture::id))
                .containsAll(Fixtures.neverSent().keySet());
    }

    private static List<RerankProtocolContract> contracts() throws Exception {
        List<RerankProtocolContract> contracts = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter().importUrl(testClasses())) {
            if (type.isAssignableTo(RerankProtocolContract.class)
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                var constructor = type.reflect().getDeclaredConstructor();
                contracts.add((RerankProtocolContract) constructor.newInstance());
            }
        }
        return contracts;
    }

    private static URL testClasses() {
        return RerankProtocolContract.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
    }
}
