package menara.billing.einvoicing;

import com.helger.diver.api.coord.DVRCoordinate;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.IValidationExecutorSet;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * EN 16931's own rules (the validation artefacts of CEN/TC 434, release 1.3.16): the schema first, then the Schematron. They are compiled
 * once. That takes seconds, and on a busy machine longer than a request may wait: see {@link #prepare()}.
 */
@Component
class En16931 {

    /** Enough time to compile the rules. */
    private static final String BLANK = "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>";

    private final ValidationExecutorSetRegistry<IValidationSourceXML> rules;
    private volatile boolean compiled;

    En16931() {
        this(new ValidationExecutorSetRegistry<>());
        EN16931Validation.initEN16931(rules);
    }

    /** @param rules may be added to it until the first check */
    En16931(ValidationExecutorSetRegistry<IValidationSourceXML> rules) {
        this.rules = rules;
    }

    /** Compiles the rules in the background, if that was not done. */
    void prepare() {
        if (!compiled) {
            Thread.ofPlatform().daemon().name("en16931").start(this::compileOnce);
        }
    }

    /** A caller that comes while the rules are compiled waits for them. After a failure the next caller tries again. */
    private void compileOnce() {
        synchronized (rules) {
            if (!compiled) {
                var blank = ValidationSourceXML.create("blank", parse(BLANK));
                executors(EN16931Validation.VID_UBL_INVOICE_1316)
                        .forEach(executor ->
                                executor.applyValidation(blank, IValidityDeterminator.createDefault(), Locale.ENGLISH));
                compiled = true;
            }
        }
    }

    private IValidationExecutorSet<IValidationSourceXML> executors(DVRCoordinate kind) {
        var executors = rules.getOfID(kind);
        if (executors == null) {
            throw new IllegalStateException("the rules " + kind + " are not there");
        }
        return executors;
    }

    /** The violations of a document, each beginning with the rule's name where it has one. */
    List<String> violations(String ubl, boolean creditNote) {
        DVRCoordinate kind =
                creditNote ? EN16931Validation.VID_UBL_CREDIT_NOTE_1316 : EN16931Validation.VID_UBL_INVOICE_1316;
        compileOnce();
        var source = ValidationSourceXML.create("invoice", parse(ubl));
        var results = ValidationExecutionManager.executeValidation(
                IValidityDeterminator.createDefault(), executors(kind), source);
        var violations = new ArrayList<String>();
        results.getAllErrors()
                .forEach(error -> violations.add(
                        String.valueOf(error.getErrorText(Locale.ENGLISH)).strip()));
        return violations;
    }

    private static Document parse(String ubl) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(ubl)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException("our own document cannot be read", e);
        }
    }
}
