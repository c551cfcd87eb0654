<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AccessibleCanvas</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawingLayout</name>
    <message numerus="yes">
        <source>a list of %n number(s) is expected here</source>
        <translation>
            <numerusform>a list of %n number is expected here</numerusform>
            <numerusform>a list of %n numbers is expected here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveInteraction</name>
    <message numerus="yes">
        <source>Move %n step(s)</source>
        <translation>
            <numerusform>Move %n step</numerusform>
            <numerusform>Move %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PillPainter</name>
    <message numerus="yes">
        <source>%n jump(s)</source>
        <translation>
            <numerusform>%n jump</numerusform>
            <numerusform>%n jumps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepCommands</name>
    <message numerus="yes">
        <source>Delete %n step(s)</source>
        <translation>
            <numerusform>Delete %n step</numerusform>
            <numerusform>Delete %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n steps</source>
        <translation>
            <numerusform>Paste %n step</numerusform>
            <numerusform>Paste %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n step(s)</source>
        <translation>
            <numerusform>Duplicate %n step</numerusform>
            <numerusform>Duplicate %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n step(s)</source>
        <translation>
            <numerusform>Move %n step</numerusform>
            <numerusform>Move %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rename %n step(s)</source>
        <translation>
            <numerusform>Rename %n step</numerusform>
            <numerusform>Rename %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Validation</name>
    <message numerus="yes">
        <source>%1: “%2” is no phone number: it has %n digit(s), while a number has 7 to 15 with its country.</source>
        <translation>
            <numerusform>%1: “%2” is no phone number: it has %n digit, while a number has 7 to 15 with its country.</numerusform>
            <numerusform>%1: “%2” is no phone number: it has %n digits, while a number has 7 to 15 with its country.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1… (%n characters)</source>
        <translation>
            <numerusform>%1… (%n character)</numerusform>
            <numerusform>%1… (%n characters)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkflowReplace</name>
    <message numerus="yes">
        <source>Replace %n hit(s)</source>
        <translation>
            <numerusform>Replace %n hit</numerusform>
            <numerusform>Replace %n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::CanvasArranger</name>
    <message numerus="yes">
        <source>Move %n step(s)</source>
        <translation>
            <numerusform>Move %n step</numerusform>
            <numerusform>Move %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n step(s)</source>
        <translation>
            <numerusform>Align %n step</numerusform>
            <numerusform>Align %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Distribute %n step(s)</source>
        <translation>
            <numerusform>Distribute %n step</numerusform>
            <numerusform>Distribute %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::DiffView</name>
    <message numerus="yes">
        <source>… %n unchanged line(s)</source>
        <translation>
            <numerusform>… %n unchanged line</numerusform>
            <numerusform>… %n unchanged lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::FindInWorkflows</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more problem(s)</source>
        <translation>
            <numerusform>… and %n more problem</numerusform>
            <numerusform>… and %n more problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n workflow(s)</source>
        <translation>
            <numerusform>%n workflow</numerusform>
            <numerusform>%n workflows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be searched.</source>
        <translation>
            <numerusform>%n could not be searched.</numerusform>
            <numerusform>%n could not be searched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replaced %n hit(s)</source>
        <translation>
            <numerusform>Replaced %n hit</numerusform>
            <numerusform>Replaced %n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be changed, or not wholly.</source>
        <translation>
            <numerusform>%n could not be changed, or not wholly.</numerusform>
            <numerusform>%n could not be changed, or not wholly.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Replace %n hit(s)</source>
        <translation>
            <numerusform>&amp;Replace %n hit</numerusform>
            <numerusform>&amp;Replace %n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::HttpTransport</name>
    <message numerus="yes">
        <source>%1 did not answer within %n second(s).</source>
        <translation>
            <numerusform>%1 did not answer within %n second.</numerusform>
            <numerusform>%1 did not answer within %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 did not finish its answer within %n second(s).</source>
        <translation>
            <numerusform>%1 did not finish its answer within %n second.</numerusform>
            <numerusform>%1 did not finish its answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::JsonFindBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced</source>
        <translation>
            <numerusform>%n replaced</numerusform>
            <numerusform>%n replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::MainWindow</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) selected</source>
        <translation>
            <numerusform>%n step selected</numerusform>
            <numerusform>%n steps selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::OutcomesEditor</name>
    <message numerus="yes">
        <source>%n more in the drawing and on the JSON page</source>
        <translation>
            <numerusform>%n more in the drawing and on the JSON page</numerusform>
            <numerusform>%n more in the drawing and on the JSON page</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::ProblemLabel</name>
    <message numerus="yes">
        <source>%n more in the Problems panel</source>
        <translation>
            <numerusform>%n more in the Problems panel</numerusform>
            <numerusform>%n more in the Problems panel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::PublishDialog</name>
    <message numerus="yes">
        <source>%n error(s) in this workflow are not solved yet; the service may refuse it.</source>
        <translation>
            <numerusform>%n error in this workflow is not solved yet; the service may refuse it.</numerusform>
            <numerusform>%n errors in this workflow are not solved yet; the service may refuse it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::RecoveryDialog</name>
    <message numerus="yes">
        <source>%n change(s) not saved, the last one %1</source>
        <translation>
            <numerusform>%n change not saved, made %1</numerusform>
            <numerusform>%n changes not saved, the last one %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not saved</source>
        <translation>
            <numerusform>%n change not saved</numerusform>
            <numerusform>%n changes not saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::RunController</name>
    <message numerus="yes">
        <source>Terminate %n instance(s)? They end where they are and cannot be resumed.</source>
        <translation>
            <numerusform>Terminate %n instance? It ends where it is and cannot be resumed.</numerusform>
            <numerusform>Terminate %n instances? They end where they are and cannot be resumed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::SandboxProcess</name>
    <message numerus="yes">
        <source>The local sandbox did not become ready in %n second(s).</source>
        <translation>
            <numerusform>The local sandbox did not become ready in %n second.</numerusform>
            <numerusform>The local sandbox did not become ready in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::ScriptCheck</name>
    <message numerus="yes">
        <source>%1 is called with the wrong number of arguments: it has %n here.</source>
        <translation>
            <numerusform>%1 is called with the wrong number of arguments: it has %n here.</numerusform>
            <numerusform>%1 is called with the wrong number of arguments: it has %n here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::SearchBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::SearchResults</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::SignatureHelp</name>
    <message numerus="yes">
        <source>Takes %n values at most.</source>
        <translation>
            <numerusform>Takes %n value at most.</numerusform>
            <numerusform>Takes %n values at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::TemplateGallery</name>
    <message numerus="yes">
        <source>The workflow will have %n problem(s) to look at.</source>
        <translation>
            <numerusform>The workflow will have %n problem to look at.</numerusform>
            <numerusform>The workflow will have %n problems to look at.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>automation::TextFieldEditor</name>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
</context>
</TS>
