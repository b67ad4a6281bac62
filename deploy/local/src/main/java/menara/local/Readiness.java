package menara.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** How a part is asked whether it is ready. */
sealed interface Readiness {

    int LIMIT_MILLIS = 2_000;

    boolean ready();

    /** Ready when a GET answers 200. */
    record Http(String uri) implements Readiness {
        @Override
        public boolean ready() {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(uri).toURL().openConnection();
                connection.setConnectTimeout(LIMIT_MILLIS);
                connection.setReadTimeout(LIMIT_MILLIS);
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException _) {
                return false; // not listening yet
            }
        }
    }

    /** Ready when the port accepts a connection. */
    record Listening(int port) implements Readiness {
        @Override
        public boolean ready() {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
                return true;
            } catch (IOException _) {
                return false; // not listening yet
            }
        }
    }

    /** Ready as soon as it runs. */
    record Running() implements Readiness {
        @Override
        public boolean ready() {
            return true;
        }
    }
}
