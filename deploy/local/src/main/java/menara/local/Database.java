package menara.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks whether a MongoDB of the user's answers before four services find out in stack traces. */
final class Database {

    private static final int LIMIT_MILLIS = 3_000;
    private static final int PRESET_PORT = 27_017;

    /** Hosts stand between the user's name, if any, and the path; names of {@code mongodb+srv} are left to the driver. */
    private static final Pattern HOSTS = Pattern.compile("mongodb://(?:[^@/]*@)?([^/?]+).*");

    private Database() {}

    /** @throws LauncherFailure if the address is no MongoDB's or nobody answers there */
    static void requireReachable(Settings settings) {
        if (settings.mongodbUri().isEmpty()) {
            return;
        }
        var uri = settings.mongodbUri().get();
        if (uri.startsWith("mongodb+srv://")) {
            return;
        }
        var hosts = HOSTS.matcher(uri);
        if (!hosts.matches()) {
            throw new LauncherFailure("MENARA_MONGODB_URI must look like mongodb://HOST:PORT/?replicaSet=NAME");
        }
        List<String> silent = new ArrayList<>();
        for (String host : hosts.group(1).split(",")) {
            if (answers(host)) {
                return;
            }
            silent.add(host);
        }
        throw new LauncherFailure(
                "No MongoDB answers at " + String.join(", ", silent)
                        + " (MENARA_MONGODB_URI). Start it, mend the address, or leave the variable out for the embedded server.");
    }

    private static boolean answers(String host) {
        int colon = host.lastIndexOf(':');
        boolean withPort = colon > 0 && host.substring(colon + 1).matches("\\d{1,5}");
        var name = withPort ? host.substring(0, colon) : host;
        int port = withPort ? Integer.parseInt(host.substring(colon + 1)) : PRESET_PORT;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(name, port), LIMIT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }
}
