package menara.billing;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses settings under their former names: ignored silently, they would leave the default seller or interval in force. */
@Component
class RenamedSettings {

    private static final Map<String, String> NAMES = Map.of(
            "menara.billing.issuer", "menara.billing.seller",
            "menara.billing.settlement-interval", "menara.billing.reassessment-interval");

    /** @throws IllegalStateException if one is set: the service does not start */
    RenamedSettings(Environment environment) {
        var settings = Binder.get(environment);
        NAMES.forEach((before, now) -> {
            if (settings.bind(before, Bindable.of(Object.class)).isBound()
                    || settings.bind(before, Bindable.mapOf(String.class, String.class))
                            .isBound()) {
                throw new IllegalStateException("%s is called %s now; set that instead".formatted(before, now));
            }
        });
    }
}
