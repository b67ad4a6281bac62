package menara.crooked.contract;

import menara.values.PublishedEvent;

/** No private event has this name. */
@PublishedEvent(namespace = "menara.crooked", name = "LampLit", version = "1")
public record LampLit(String lamp) {}
