package menara.eventstore.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Identifies a state of the code: a hash of some compiled classes and of all classes that they use. It changes automatically with each
 * component of a record and each line of code. It also changes more often than needed, which costs one fold.
 */
public final class CodeRevision {

    /** Hexadecimal digits of the hash: more than enough for all versions. */
    private static final int DIGITS = 32;

    private CodeRevision() {}

    /**
     * The revision of the classes that can be reached from {@code roots}.
     *
     * @param packages prefixes of the class names that count, such as {@code menara.}
     */
    public static String of(String packages, Class<?>... roots) {
        var loader = roots[0].getClassLoader();
        var prefix = packages.replace('.', '/');
        SortedMap<String, byte[]> classes = new TreeMap<>();
        var own = Arrays.stream(roots)
                .map(root -> root.getName().replace('.', '/'))
                .collect(Collectors.toSet());
        var open = new ArrayDeque<>(own);
        var mention = Pattern.compile("L(" + Pattern.quote(prefix) + "[^;<:\\[]+)");
        while (!open.isEmpty()) {
            var name = open.remove();
            if (!classes.containsKey(name)) {
                var code = code(loader, name);
                if (code.isEmpty() && own.contains(name)) {
                    throw new IllegalArgumentException(
                            "no code of " + name + ": every version would have the same revision");
                }
                classes.put(name, code.orElseGet(() -> new byte[0]));
                code.ifPresent(bytes -> forEachNamed(bytes, prefix, mention, open::add));
            }
        }
        return hash(classes);
    }

    private static Optional<byte[]> code(ClassLoader loader, String name) {
        try (var file = loader.getResourceAsStream(name + ".class")) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pool names used classes; descriptors and signatures name types and their parameters. */
    private static void forEachNamed(byte[] code, String prefix, Pattern mention, Consumer<String> named) {
        for (PoolEntry entry : ClassFile.of().parse(code).constantPool()) {
            switch (entry) {
                case ClassEntry type
                when type.asInternalName().startsWith(prefix) -> named.accept(type.asInternalName());
                case Utf8Entry text -> {
                    var found = mention.matcher(text.stringValue());
                    while (found.find()) {
                        named.accept(found.group(1));
                    }
                }
                default -> {} // numbers, texts, and references to the two above
            }
        }
    }

    private static String hash(SortedMap<String, byte[]> classes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            classes.forEach((name, code) -> {
                digest.update((name + " " + code.length + " ").getBytes(StandardCharsets.UTF_8));
                digest.update(code);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
