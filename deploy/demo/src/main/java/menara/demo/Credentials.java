package menara.demo;

import java.net.URI;

/**
 * A machine client of the realm.
 *
 * @param tokenEndpoint the realm's token endpoint
 * @param clientId the service account's client
 * @param secret its secret
 */
public record Credentials(URI tokenEndpoint, String clientId, String secret) {}
