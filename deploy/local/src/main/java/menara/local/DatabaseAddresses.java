package menara.local;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where each service finds a MongoDB of the user's, and as whom; none where the embedded server is used.
 *
 * @param byService for all services or for none
 */
record DatabaseAddresses(Map<String, String> byService) {

    private static final String FOR_ALL = "MENARA_MONGODB_URI";

    /** @throws LauncherFailure if a service has no address while others have one, or what is given is no address of a MongoDB */
    static DatabaseAddresses of(Map<String, String> environment) {
        var byService = new TreeMap<String, String>();
        for (String service : DatabaseUsers.SERVICES) {
            String variable =
                    environment.getOrDefault(forService(service), "").isBlank() ? FOR_ALL : forService(service);
            String uri = environment.getOrDefault(variable, "");
            if (!uri.isBlank()) {
                if (!uri.matches("mongodb(\\+srv)?://.+")) {
                    throw new LauncherFailure(variable + " must look like mongodb://HOST:PORT/?replicaSet=NAME");
                }
                byService.put(service, uri);
            }
        }
        if (!byService.isEmpty() && byService.size() < DatabaseUsers.SERVICES.size()) {
            throw new LauncherFailure("%s is missing. Give each service an address, or all of them one in %s."
                    .formatted(
                            DatabaseUsers.SERVICES.stream()
                                    .filter(service -> !byService.containsKey(service))
                                    .map(DatabaseAddresses::forService)
                                    .collect(Collectors.joining(", ")),
                            FOR_ALL));
        }
        return new DatabaseAddresses(byService);
    }

    static String forService(String service) {
        return FOR_ALL + "_" + service.toUpperCase(Locale.ROOT);
    }

    boolean none() {
        return byService.isEmpty();
    }

    /** By the variables that say the same again. */
    Map<String, String> variables() {
        var different = new HashSet<>(byService.values());
        if (different.size() == 1) {
            return Map.of(FOR_ALL, different.iterator().next());
        }
        return byService.entrySet().stream()
                .collect(Collectors.toMap(
                        address -> forService(address.getKey()), Map.Entry::getValue, (one, _) -> one, TreeMap::new));
    }

    /** For a terminal: without user and secret. */
    String withoutUsers() {
        return variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue().replaceFirst("//[^/@]*@", "//…@"))
                .collect(Collectors.joining(", "));
    }
}
