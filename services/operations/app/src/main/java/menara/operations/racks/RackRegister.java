package menara.operations.racks;

import java.util.List;
import menara.values.RackId;

/** Which racks exist. A rack once registered stays so, which is why a read copy is good enough to decide upon. */
@FunctionalInterface
public interface RackRegister {

    /** Those of {@code asked} that capacity has not registered, as far as it is known here, in the order asked. */
    List<RackId> unknown(List<RackId> asked);
}
