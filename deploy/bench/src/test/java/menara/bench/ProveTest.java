package menara.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import menara.bench.Prove.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveTest {

    @Test
    void a_proof_is_a_test_of_the_build_with_other_settings() {
        var proof = new Proof("shared-kernel/event-store-mongodb", "menara.KillTest*", Map.of("menara.kills", "1000"));

        assertThat(proof.command(Path.of("/menara")))
                .startsWith(Path.of("/menara/mvnw").toString())
                .containsSequence("-pl", "shared-kernel/event-store-mongodb", "-am", "test")
                .contains("-Dtest=menara.KillTest*", "-Dmenara.kills=1000");
    }

    @Test
    void a_proof_whose_test_left_no_new_report_has_not_run(@TempDir Path root) throws IOException {
        var proof = new Proof("store", "menara.KillTest*", Map.of());
        var longAgo = FileTime.from(Instant.EPOCH);
        assertThat(proof.hasRun(root, longAgo)).isFalse();

        var reports = Files.createDirectories(root.resolve("store/target/surefire-reports"));
        Files.createFile(reports.resolve("TEST-menara.OtherTest.xml"));
        assertThat(proof.hasRun(root, longAgo)).isFalse();

        var report = Files.createFile(reports.resolve("TEST-menara.KillTest.xml"));
        assertThat(proof.hasRun(root, longAgo)).isTrue();
        var later = FileTime.from(Files.getLastModifiedTime(report).toInstant().plusSeconds(1));
        assertThat(proof.hasRun(root, later)).isFalse();
    }

    @Test
    void the_root_is_found_from_where_the_classes_lie() {
        assertThat(Prove.root().resolve("deploy/bench/pom.xml")).exists();
    }
}
