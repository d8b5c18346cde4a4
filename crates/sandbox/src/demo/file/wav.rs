//! A voice message: a slow melody of soft tones, 8 kHz, 8 bits, mono.

use std::f32::consts::TAU;

use crate::demo::Dice;

const RATE: u32 = 8_000;
/// Notes per second.
const PACE: u32 = 4;
/// A pentatonic scale in hertz: any order of its notes sounds agreeable.
const SCALE: [f32; 7] = [220.0, 261.6, 293.7, 329.6, 392.0, 440.0, 523.3];

/// A WAV file of `seconds` seconds.
pub(super) fn tones(seconds: u16, dice: &mut Dice) -> Vec<u8> {
    let samples = u32::from(seconds) * RATE;
    let mut bytes = header(samples);
    let note = RATE / PACE;
    for _ in 0..u32::from(seconds) * PACE {
        let pitch = dice.pick(&SCALE).copied().unwrap_or(220.0);
        bytes.extend(
            (0..note).map(|at| sample(pitch, at as f32 / RATE as f32, at as f32 / note as f32)),
        );
    }
    bytes
}

/// One sample of a note, `share` of which has passed; it swells and fades to avoid clicks.
fn sample(pitch: f32, time: f32, share: f32) -> u8 {
    let swell = (share * 12.0).min(1.0) * (1.0 - share);
    let wave = (time * pitch * TAU).sin() + 0.3 * (time * pitch * 2.0 * TAU).sin();
    (128.0 + 70.0 * swell * wave) as u8
}

/// RIFF header for 8-bit mono PCM.
fn header(samples: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(44 + samples as usize);
    bytes.extend(b"RIFF");
    bytes.extend((samples + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    // PCM, one channel.
    bytes.extend([1, 0, 1, 0]);
    bytes.extend(RATE.to_le_bytes());
    bytes.extend(RATE.to_le_bytes());
    // One byte per frame, eight bits per sample.
    bytes.extend([1, 0, 8, 0]);
    bytes.extend(b"data");
    bytes.extend(samples.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_the_stated_one() {
        let bytes = tones(3, &mut Dice::new(1, "wav"));
        assert_eq!(bytes.len(), 44 + 24_000);
        assert_eq!(
            u32::from_le_bytes(bytes[40..44].try_into().unwrap()),
            24_000
        );
        assert_eq!(
            u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize,
            bytes.len() - 8
        );
        let body = &bytes[44..];
        assert!(body.iter().any(|level| *level > 160) && body.iter().any(|level| *level < 96));
    }
}
