package menara.platform.documentation;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.util.Arrays;
import menara.platform.web.AsOf;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** The as-of time of a projection, read and checked in one place for all. */
final class AsOfParameter implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                                .map(MethodParameter::getParameterType)
                                .anyMatch(type -> type == AsOf.class)
                        && !Parameters.isSaid(AsOf.PARAMETER, operation)
                ? operation.addParametersItem(new QueryParameter()
                        .name(AsOf.PARAMETER)
                        .required(false)
                        .description(
                                "As-of time: only what was recorded until then counts. Default now; must not lie in the future.")
                        .schema(new DateTimeSchema()))
                : operation;
    }
}
