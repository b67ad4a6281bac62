package menara.billing.einvoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import org.junit.jupiter.api.Test;

/** Whether the rules can be used, whatever became of the first try to compile them. */
class En16931Test {

    private static final String EMPTY = "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>";

    @Test
    void after_a_failure_to_compile_the_rules_the_next_document_is_checked_by_them() {
        var registry = new ValidationExecutorSetRegistry<IValidationSourceXML>();
        var rules = new En16931(registry);
        assertThatThrownBy(() -> rules.violations(EMPTY, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("are not there");

        EN16931Validation.initEN16931(registry);

        assertThat(rules.violations(EMPTY, false)).isNotEmpty();
    }
}
