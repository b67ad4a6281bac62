package menara.operations.racks;

import java.util.List;
import menara.values.RackId;

/** Which racks exist. A registered rack stays registered, so decisions may rely on a read model. */
@FunctionalInterface
public interface RackRegister {

    /** Those of {@code asked} that capacity has not registered, as far as operations knows, in the given order. */
    List<RackId> unknown(List<RackId> asked);
}
