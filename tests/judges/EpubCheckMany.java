// EPUBCheck's library over many EPUBs in one JVM: java -cp epubcheck.jar:lib/* EpubCheckMany.java FILE.epub...
// One line per finding of any severity down to USAGE but one: FILE: SEVERITY ID: PATH:LINE:COLUMN: MESSAGE.
// Exit 0 whenever every file was judged; a file on which EPUBCheck itself breaks is a finding.
import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.MessageId;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.util.Locale;

public class EpubCheckMany {
    static class Lines extends MasterReport {
        private final String file;

        Lines(String file) {
            super(true);
            this.file = file;
            setLocale(Locale.ENGLISH);
            setEpubFileName(file);
            setReportingLevel(ReportingLevel.Usage);
        }

        @Override
        public void message(Message message, EPUBLocation at, Object... arguments) {
            // CSS-028 only tells that there is a font: where books carry fonts on purpose, it finds nothing.
            if (message.getSeverity() == Severity.SUPPRESSED || message.getID() == MessageId.CSS_028) {
                return;
            }
            String text = arguments != null && arguments.length > 0 ? message.getMessage(arguments) : message.getMessage();
            print(file, message.getSeverity() + " " + message.getID() + ": "
                    + at.getPath() + ":" + at.getLine() + ":" + at.getColumn() + ": " + text);
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {}
    }

    static void print(String file, String finding) {
        System.out.println(file + ": " + finding.replaceAll("\\s+", " "));
    }

    public static void main(String[] files) {
        for (String file : files) {
            try {
                new EpubCheck(new File(file), new Lines(file)).doValidate();
            } catch (Throwable problem) {
                print(file, "FATAL: EPUBCheck broke off: " + problem);
            }
        }
    }
}
