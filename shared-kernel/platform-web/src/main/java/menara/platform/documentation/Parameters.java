package menara.platform.documentation;

import io.swagger.v3.oas.models.Operation;

/** The parameters of an operation. */
final class Parameters {

    private Parameters() {}

    /** Two controller methods that differ in the media type are one operation, and a parameter of both is listed once. */
    static boolean isSaid(String name, Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }
}
