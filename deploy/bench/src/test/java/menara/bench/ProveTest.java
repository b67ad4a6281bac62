package menara.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import menara.bench.Prove.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProveTest {

    static Collection<Proof> proofs() {
        return Prove.PROOFS.values();
    }

    @Test
    void a_proof_is_a_test_of_the_build_with_other_settings() {
        var proof = new Proof(
                "shared-kernel/event-store-mongodb",
                List.of("menara.KillTest", "menara.RaceTest"),
                Map.of("menara.kills", "1000"));

        assertThat(proof.command(Path.of("/menara")))
                .startsWith(Path.of("/menara/mvnw").toString())
                .containsSequence("-pl", "shared-kernel/event-store-mongodb", "-am", "verify")
                .contains("-Dtest=menara.KillTest,menara.RaceTest", "-Dmenara.kills=1000");
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void each_proof_names_tests_that_are_there_and_settings_that_they_read(Proof proof) throws IOException {
        var sources = new StringBuilder(walks());
        for (var ofModule : proof.tests().entrySet()) {
            for (var test : ofModule.getValue()) {
                var source = Prove.root()
                        .resolve(ofModule.getKey())
                        .resolve("src/test/java")
                        .resolve(test.replace('.', '/') + ".java");
                assertThat(source).exists();
                sources.append(Files.readString(source));
            }
        }
        assertThat(sources)
                .contains(proof.settings().keySet().stream()
                        .map(setting -> '"' + setting + '"')
                        .toList());
    }

    /** What tests of several services extend. */
    private static String walks() throws IOException {
        var sources = new StringBuilder();
        try (var files = Files.newDirectoryStream(
                Prove.root().resolve("shared-kernel/testkit/src/main/java/menara/testkit"), "*Walk.java")) {
            for (var file : files) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void each_proof_ends_well_when_all_its_tests_have_run(Proof proof, @TempDir Path root) throws Exception {
        maven(root, "for test in $(echo \"$tests\" | tr , ' '); do report \"$test\"; done");
        assertThat(Prove.run(proof, root)).isZero();
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void no_proof_ends_well_when_one_of_its_tests_has_not_run(Proof proof, @TempDir Path root) throws Exception {
        maven(root, "for test in $(echo \"$tests\" | tr , ' ' | cut -s -d ' ' -f 2-); do report \"$test\"; done");
        assertThat(Prove.run(proof, root)).isEqualTo(1);
    }

    @Test
    void a_report_of_an_earlier_run_proves_nothing(@TempDir Path root) throws Exception {
        var proof = new Proof("store", List.of("menara.KillTest"), Map.of());
        var reports = Files.createDirectories(root.resolve("store/target/surefire-reports"));
        var report = Files.createFile(reports.resolve("TEST-menara.KillTest.xml"));
        Files.setLastModifiedTime(report, FileTime.from(Instant.EPOCH));
        maven(root, "");
        assertThat(Prove.run(proof, root)).isEqualTo(1);
    }

    /** Stands in for Maven: says which tests ran by leaving their reports. */
    private static void maven(Path root, String body) throws IOException {
        var script = Files.writeString(root.resolve("mvnw"), """
                #!/bin/sh
                for argument; do
                  case $argument in -Dtest=*) tests=${argument#-Dtest=} ;; esac
                  [ "$previous" = -pl ] && modules=$argument
                  previous=$argument
                done
                report() {
                  for module in $(echo "$modules" | tr , ' '); do
                    mkdir -p "$module/target/surefire-reports"
                    : >"$module/target/surefire-reports/TEST-$1.xml"
                  done
                }
                %s
                exit 0
                """.formatted(body));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void the_root_is_found_from_where_the_classes_lie() {
        assertThat(Prove.root().resolve("deploy/bench/pom.xml")).exists();
    }
}
