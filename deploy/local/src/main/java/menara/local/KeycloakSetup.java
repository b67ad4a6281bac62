package menara.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import menara.keycloak.KeycloakDistribution;
import menara.keycloak.KeycloakUnavailable;

/** Gets Keycloak with what the project has, Maven, and prepares it once for all later starts. */
record KeycloakSetup(Path root, State state) {

    /** 177 MB over a slow line. */
    private static final long DOWNLOAD_LIMIT_MINUTES = 30;

    private static final int LOG_TAIL_LINES = 15;
    private static final String LOG = "keycloak-download";

    KeycloakDistribution distribution() throws IOException {
        Path cache = KeycloakDistribution.defaultCache();
        var console = new Console(System.out);
        var installed = KeycloakDistribution.installed(cache);
        if (installed.isPresent()) {
            return installed.get();
        }
        if (KeycloakDistribution.archive().isEmpty()) {
            console.part("keycloak", "getting " + KeycloakDistribution.coordinates() + " with Maven (177 MB, once)");
            download();
        }
        console.part("keycloak", "unpacking and building it in " + cache + " (once)");
        try {
            return KeycloakDistribution.install(cache);
        } catch (KeycloakUnavailable e) {
            throw new LauncherFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void download() throws IOException {
        ProcessBuilder maven = new ProcessBuilder(List.of(
                        root.resolve("mvnw").toString(),
                        "-B",
                        "-q",
                        "-N",
                        "dependency:get",
                        "-Dtransitive=false",
                        "-Dartifact=" + KeycloakDistribution.coordinates()))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(state.log(LOG).toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.start();
        try {
            if (process.waitFor(DOWNLOAD_LIMIT_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        throw new LauncherFailure("Keycloak could not be obtained: Maven did not get "
                + KeycloakDistribution.coordinates()
                + ". Is Maven Central, or the mirror in your Maven settings, reachable? A copy of the archive can be named in"
                + " MENARA_KEYCLOAK_ZIP instead. The end of Maven's output:\n" + state.logTail(LOG, LOG_TAIL_LINES));
    }
}
