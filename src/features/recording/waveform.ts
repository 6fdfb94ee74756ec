// The library that draws and plays a recording, in its own file so that it is fetched only where there is one.
import { getNonce } from 'get-nonce'
import WaveSurfer from 'wavesurfer.js'
import type { Recording } from '#contract/recording.ts'

export type Waveform = WaveSurfer

interface TrustedTypes {
  defaultPolicy: unknown
  createPolicy(name: string, rules: { createHTML: (html: string) => string | null }): unknown
}

/** The library writes its own empty frame as HTML; that and nothing else is let through, everything else is still reported. */
function admitFrame(): void {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes }
  if (!trustedTypes || trustedTypes.defaultPolicy) return
  trustedTypes.createPolicy('default', {
    createHTML: (html) =>
      html === '' || /^\s*<style nonce="[\w+/=-]*">\s*:host \{/.test(html) ? html : null,
  })
}

/** Draws the waveform into `container`; nothing is played and nothing fetched yet when its peaks are known. */
export function drawWaveform(container: HTMLElement, url: string, recording: Recording): Waveform {
  admitFrame()
  const style = getComputedStyle(container)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const { channels, peaks, duration_seconds } = recording
  const nonce = getNonce()
  const lanes = [
    { waveColor: colour('--mood-n1'), progressColor: colour('--mood-n2') },
    { waveColor: colour('--mood-p1'), progressColor: colour('--accent') },
  ]
  return WaveSurfer.create({
    container,
    url,
    height: channels.length > 1 ? 22 : 44,
    barWidth: 2,
    barGap: 1,
    barRadius: 1,
    normalize: true,
    cursorColor: colour('--accent'),
    cursorWidth: 2,
    dragToSeek: true,
    waveColor: colour('--border-3'),
    progressColor: colour('--accent'),
    ...(channels.length > 1 ? { splitChannels: lanes } : {}),
    ...(peaks ? { peaks } : {}),
    ...(duration_seconds === undefined ? {} : { duration: duration_seconds }),
    ...(nonce ? { cspNonce: nonce } : {}),
  })
}
