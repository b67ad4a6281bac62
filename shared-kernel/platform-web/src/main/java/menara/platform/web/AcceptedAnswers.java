package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses with 406 before anything is done. Otherwise a step would be taken first and its answer could not be written: the caller would
 * take it for refused although it took effect. Methods that declare their media types get only matching requests.
 */
final class AcceptedAnswers implements HandlerInterceptor {

    private static final List<MediaType> ANSWERED =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null
                && !HttpMethod.GET.matches(request.getMethod())
                && handler instanceof HandlerMethod method
                && answersJson(method)
                && MediaType.parseMediaTypes(accept).stream()
                        .noneMatch(type -> ANSWERED.stream().anyMatch(type::isCompatibleWith))) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }

    private static boolean answersJson(HandlerMethod method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null && mapping.produces().length == 0 && !method.isVoid();
    }
}
