package menara.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a taken port before a part does, because the part would say it in a stack trace. */
final class Ports {

    private Ports() {}

    /** @throws LauncherFailure naming the first taken port and how to choose another */
    static void requireFree(Part part) {
        for (Part.Port port : part.ports()) {
            if (!free(port.number())) {
                throw new LauncherFailure("Port " + port.number() + " for " + part.name()
                        + " is taken by another process. Stop that one, or choose another port: " + port.variable()
                        + "=" + (port.number() + 10_000) % 60_000 + " ./menara up");
            }
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // or connections that just ended would count as taken
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
