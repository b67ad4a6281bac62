package menara.platform.documentation;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import menara.platform.web.Idempotent;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** The header that a filter asks for, which no method signature shows. */
final class IdempotencyKeyParameter implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        return method.hasMethodAnnotation(Idempotent.class)
                ? operation.addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .required(true)
                        .description(
                                "Yours to choose, once for each intention. The same key and body get the first answer again.")
                        .schema(ValueSchemas.text("up to 200 characters")))
                : operation;
    }
}
