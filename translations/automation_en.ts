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
