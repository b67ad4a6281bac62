package menara.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import menara.keycloak.Directories;

/**
 * Copies of what was built, so that a build beside a running Menara does not pull the jars from under it. Each copy is named after
 * what it was made from; a service's jar is unpacked, which also makes it start faster.
 */
record Programs(Path root, Path directory) {

    private static final int BUFFER_BYTES = 256 << 10;
    private static final long UNPACK_LIMIT_SECONDS = 60;

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The Spring Boot jar of a module, unpacked with its libraries beside it. */
    Path application(String name, String module) throws IOException {
        Path jar = onlyFile(root.resolve(module).resolve("target"), "-app.jar");
        Path target = directory.resolve(name).resolve(fingerprint(List.of(jar)));
        if (!Files.isDirectory(target)) {
            Path next = fresh(name);
            unpack(jar, next);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target.resolve(jar.getFileName());
    }

    /** A class path of a module's jar and everything it needs, as its build laid them out. */
    String classPath(String name, String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        List<Path> jars;
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            jars = Stream.concat(libraries.sorted(), Stream.of(onlyFile(target, ".jar")))
                    .toList();
        }
        Path copies = directory.resolve(name).resolve(fingerprint(jars));
        if (!Files.isDirectory(copies)) {
            Path next = fresh(name);
            Files.createDirectories(next);
            for (Path jar : jars) {
                Files.copy(jar, next.resolve(jar.getFileName()));
            }
            Files.move(next, copies, StandardCopyOption.ATOMIC_MOVE);
        }
        return copies.resolve("*").toString();
    }

    /** An empty place. Older copies go: a part whose program is prepared does not run. */
    private Path fresh(String name) throws IOException {
        Path parent = directory.resolve(name);
        Directories.delete(parent);
        Files.createDirectories(parent);
        return parent.resolve("next");
    }

    private static void unpack(Path jar, Path target) throws IOException {
        Process process = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(UNPACK_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("cannot unpack " + jar);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking " + jar, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path onlyFile(Path folder, String ending) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().endsWith(ending))
                        .filter(file -> ending.equals("-app.jar")
                                || !file.getFileName().toString().endsWith("-app.jar"))
                        .toList();
                if (found.size() == 1) {
                    return found.getFirst();
                }
            }
        }
        throw new LauncherFailure(
                folder + " does not hold exactly one " + ending + ". Run ./mvnw clean and ./menara up again.");
    }

    /** Of names and contents: builds are reproducible, so a jar's time and size may stay when its content changes. */
    private static String fingerprint(List<Path> jars) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Path jar : jars) {
            checksum.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            try (InputStream content = Files.newInputStream(jar)) {
                for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                    checksum.update(buffer, 0, read);
                }
            }
        }
        return Long.toHexString(checksum.getValue());
    }
}
