package menara.platform.documentation;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import menara.platform.web.Idempotent;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** The header that a filter requires, which method signatures do not show. */
final class IdempotencyKeyParameter implements OperationCustomizer {

    private static final String NAME = "Idempotency-Key";
    private static final int MAX_LENGTH = 200;

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        return method.hasMethodAnnotation(Idempotent.class) && !Parameters.isSaid(NAME, operation)
                ? operation.addParametersItem(new HeaderParameter()
                        .name(NAME)
                        .required(true)
                        .description(
                                "Choose one for each intended effect. The same key and body get the first answer again.")
                        .schema(ValueSchemas.text(null).minLength(1).maxLength(MAX_LENGTH)))
                : operation;
    }
}
